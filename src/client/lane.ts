import type { z } from '../zod.ts';
import type {
  laneCancel,
  laneExecute,
  laneLook,
  laneMessage,
  laneSubscribe,
  laneUnsubscribe,
} from '../channel/laneMessages.ts';

type LaneRequest =
  | z.input<typeof laneExecute>
  | z.input<typeof laneCancel>
  | z.input<typeof laneSubscribe>
  | z.input<typeof laneLook>
  | z.input<typeof laneUnsubscribe>;
/** What is answered on a lane: a request, unless it says that it is something else. */
export type AskedOnLane = Omit<z.input<typeof laneExecute>, 'kind'> | z.input<typeof laneSubscribe>;

/** A port of this page's own to the provider's token worker, for requests and live data: nothing else crosses it. */
export class Lane {
  readonly #port: MessagePort;
  readonly #waiting = new Map<string, (outcome: unknown) => void>();
  readonly #ended = new AbortController();
  /** Gets news of subscriptions, unchecked. */
  onLive: ((event: unknown) => void) | undefined;
  #isUsable = false;

  /** @param reason of the end, for requests that are under way then */
  constructor(port: MessagePort, reason: unknown) {
    this.#port = port;
    port.onmessage = ({ data }: MessageEvent<z.input<typeof laneMessage>>) => {
      if (data.kind === 'open') this.#isUsable = true;
      else if (data.kind === 'closed') this.end(reason);
      else if (data.kind === 'live') this.onLive?.(data);
      else this.#waiting.get(data.requestId)?.(data.outcome);
    };
  }

  /** Aborts when the lane has ended. */
  get ended(): AbortSignal {
    return this.#ended.signal;
  }

  /** Whether the other end has said that it listens, and is still there. */
  get isOpen(): boolean {
    return this.#isUsable && !this.ended.aborted;
  }

  /** @returns the outcome, still unchecked; never settles when the lane ends before */
  ask(request: AskedOnLane): Promise<unknown> {
    const { requestId } = request;
    return new Promise<unknown>((resolve) => {
      this.#waiting.set(requestId, resolve);
      this.post({ kind: 'execute', ...request });
    }).finally(() => this.#waiting.delete(requestId));
  }

  /** Gives a request up, which is then answered with a failure. */
  cancel(requestId: string): void {
    this.post({ kind: 'cancel', requestId });
  }

  end(reason: unknown): void {
    this.#port.close();
    this.#ended.abort(reason);
  }

  /** Sends what is not answered. */
  post(request: LaneRequest): void {
    this.#port.postMessage(request);
  }
}
