import type { AppInstance } from '../appInstances.ts';
import { z } from '../../zod.ts';
import type { RouterOptions } from './routerOptions.ts';

/** What has become of an intent: `result` is null where the handler has returned nothing. */
export type IntentOutcome = { done: true; result: unknown } | { done: false };

interface AskedIntent {
  intent: string;
  raiser: AppInstance;
  handler: AppInstance;
  settle: (outcome: IntentOutcome) => void;
}

const privateChannel = z.object({ type: z.literal('private'), id: z.string() });

/**
 * Brings what handlers return to the apps that have raised their intents. It comes as the handler's answer, which the
 * platform knows to be that of the app that was asked: no other app can answer.
 */
export class IntentResults {
  /** By handling app: what settles each intent that it has not answered yet. */
  readonly #running = new Map<AppInstance, Map<(outcome: IntentOutcome) => void, AskedIntent>>();
  readonly #options: Pick<RouterOptions, 'channels' | 'onHandlerRejected'>;

  constructor(options: Pick<RouterOptions, 'channels' | 'onHandlerRejected'>) {
    this.#options = options;
  }

  /** Waits for the handler as long as its app is there: FDC3 sets it no time. */
  bring(answer: Promise<unknown>, asked: AskedIntent): void {
    const { handler, raiser } = asked;
    const running = this.#running.get(handler) ?? new Map<(outcome: IntentOutcome) => void, AskedIntent>();
    const settle = (outcome: IntentOutcome) => {
      // The app may have gone, which has settled it already.
      if (running.delete(settle)) asked.settle(outcome);
    };
    this.#running.set(handler, running.set(settle, asked));
    answer.then(
      (result) => {
        const channel = privateChannel.safeParse(result);
        if (channel.success) this.#options.channels.admit(channel.data.id, handler, raiser);
        settle({ done: true, result: result ?? null });
      },
      (error: unknown) => {
        this.#log(asked, error instanceof Error ? error.message : String(error));
        settle({ done: false });
      },
    );
  }

  /** Its handlers will not answer any more. */
  handlerGone(handler: AppInstance): void {
    for (const [settle, asked] of this.#running.get(handler) ?? []) {
      this.#log(asked, 'The app has gone before it had an answer.');
      settle({ done: false });
    }
    this.#running.delete(handler);
  }

  #log({ intent, handler: { app, instanceId } }: AskedIntent, reason: string): void {
    this.#options.onHandlerRejected({ intent, appId: app.appId, instanceId, reason });
  }
}
