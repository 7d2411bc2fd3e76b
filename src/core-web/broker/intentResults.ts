import type { AppInstance } from '../appInstances.ts';
import { z } from '../../zod.ts';
import type { InteropBrokerOptions } from './brokerParts.ts';

interface RaisedIntent {
  intent: string;
  raiser: AppInstance;
  handler: AppInstance;
  /** The bus's topic on which the raiser waits for the result; an app of FDC3 1.2 waits for none. */
  topic: string | undefined;
}

const privateChannel = z.object({ type: z.literal('private'), id: z.string() });

/** What the raiser learns of a handler that has not done it (FDC3 2.2, `ResultError.IntentHandlerRejected`). */
const rejected = { error: true };

/**
 * Brings what handlers return to the apps that have raised their intents. It comes as the handler's answer, which the
 * channel knows to be that of the app that was asked, and goes on in the platform's own name: no other app can answer.
 */
export class IntentResults {
  /** By handling app: what settles each intent that it has not answered yet. */
  readonly #running = new Map<AppInstance, Map<(result: unknown) => void, RaisedIntent>>();
  readonly #options: Pick<InteropBrokerOptions, 'bus' | 'channels' | 'onHandlerRejected'>;

  constructor(options: Pick<InteropBrokerOptions, 'bus' | 'channels' | 'onHandlerRejected'>) {
    this.#options = options;
  }

  /** Waits for the handler as long as its app is there: FDC3 sets it no time. */
  bring(answer: Promise<unknown>, raised: RaisedIntent): void {
    const { handler, raiser, topic } = raised;
    const running = this.#running.get(handler) ?? new Map<(result: unknown) => void, RaisedIntent>();
    const release = topic === undefined ? undefined : this.#options.bus.reserve(topic);
    const settle = (result: unknown) => {
      // The app may have gone, which has settled it already.
      if (!running.delete(settle)) return;
      release?.();
      if (topic !== undefined) this.#options.bus.publish(topic, result);
    };
    this.#running.set(handler, running.set(settle, raised));
    answer.then(
      (result) => {
        const channel = privateChannel.safeParse(result);
        if (channel.success) this.#options.channels.admit(channel.data.id, handler, raiser);
        settle(result ?? null);
      },
      (error: unknown) => {
        this.#log(raised, error instanceof Error ? error.message : String(error));
        settle(rejected);
      },
    );
  }

  /** Its handlers will not answer any more. */
  handlerGone(handler: AppInstance): void {
    for (const [settle, raised] of this.#running.get(handler) ?? []) {
      this.#log(raised, 'The app has gone before it had an answer.');
      settle(rejected);
    }
    this.#running.delete(handler);
  }

  #log({ intent, handler: { app, instanceId } }: RaisedIntent, reason: string): void {
    this.#options.onHandlerRejected({ intent, appId: app.appId, instanceId, reason });
  }
}
