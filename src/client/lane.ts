import type { z } from '../zod.ts';
import type { laneCancel, laneExecute, laneMessage } from '../channel/laneMessages.ts';

type LaneRequest = z.input<typeof laneExecute> | z.input<typeof laneCancel>;
export type ExecuteOnLane = Omit<z.input<typeof laneExecute>, 'kind'>;

/** A port of this page's own to the provider's token worker, for requests: nothing else crosses it. */
export class Lane {
  readonly #port: MessagePort;
  readonly #waiting = new Map<string, (outcome: unknown) => void>();
  readonly #ended = new AbortController();
  #isUsable = false;

  /** @param reason of the end, for requests that are under way then */
  constructor(port: MessagePort, reason: unknown) {
    this.#port = port;
    port.onmessage = ({ data }: MessageEvent<z.input<typeof laneMessage>>) => {
      if (data.kind === 'open') this.#isUsable = true;
      else if (data.kind === 'closed') this.end(reason);
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
  execute(request: ExecuteOnLane): Promise<unknown> {
    const { requestId } = request;
    return new Promise<unknown>((resolve) => {
      this.#waiting.set(requestId, resolve);
      this.#post({ kind: 'execute', ...request });
    }).finally(() => this.#waiting.delete(requestId));
  }

  /** Gives a request up, which is then answered with a failure. */
  cancel(requestId: string): void {
    this.#post({ kind: 'cancel', requestId });
  }

  end(reason: unknown): void {
    this.#port.close();
    this.#ended.abort(reason);
  }

  #post(request: LaneRequest): void {
    this.#port.postMessage(request);
  }
}
