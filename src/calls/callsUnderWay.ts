import { failure, type Outcome } from '../outcomes/failure.ts';
import { sessionEnded } from '../outcomes/sessionEnded.ts';

/** A call of an app, while it waits or is worked on. */
export interface CallUnderWay {
  /** Aborted when the call is given up. */
  readonly signal: AbortSignal;
  /** The session of the call. When that ends the call is given up, and its answer is discarded. */
  readonly sessionId?: string;
  /**
   * Whether the call can be given up without leaving a change in the org. Only such a call is given up when its caller
   * goes.
   */
  isHarmless: boolean;
}

interface Entry extends CallUnderWay {
  controller: AbortController;
  hasSessionEnded: boolean;
}

/** Whoever calls, by an id that no other caller has. */
interface CallerId {
  readonly id: string;
}

export type CallsUnderWay = ReturnType<typeof createCallsUnderWay>;

/** Calls of apps that can be given up: by the app, with its connection, or with their session. */
export function createCallsUnderWay() {
  /** By caller, then by the request id that the caller chose. */
  const calls = new Map<string, Map<string, Entry>>();

  function giveUp(entries: readonly Entry[]): void {
    for (const { controller } of entries) controller.abort();
  }

  return {
    /**
     * Records a call while it is worked on.
     *
     * @returns the result of the work; `INVALID_PARAMETER` for a request id that is in use; `SESSION_ENDED` when its
     *   session has ended meanwhile, whatever the result
     */
    async run<T>(
      caller: CallerId,
      request: { requestId: string; sessionId?: string },
      work: (call: CallUnderWay) => Promise<Outcome<T>>,
    ): Promise<Outcome<T>> {
      const { requestId, sessionId } = request;
      const own = calls.get(caller.id) ?? new Map<string, Entry>();
      if (own.has(requestId))
        return failure('INVALID_PARAMETER', 'requestId: a request with this id is under way already.');
      const controller = new AbortController();
      const entry: Entry = {
        controller,
        signal: controller.signal,
        isHarmless: true,
        hasSessionEnded: false,
        ...(sessionId !== undefined && { sessionId }),
      };
      calls.set(caller.id, own.set(requestId, entry));
      try {
        const outcome = await work(entry);
        return entry.hasSessionEnded ? sessionEnded : outcome;
      } finally {
        own.delete(requestId);
        if (own.size === 0 && calls.get(caller.id) === own) calls.delete(caller.id);
      }
    },

    /** Gives up a call at the app's request. */
    cancel(caller: CallerId, requestId: string): void {
      const entry = calls.get(caller.id)?.get(requestId);
      if (entry) giveUp([entry]);
    },

    /** Gives up the calls of a caller that has gone: those that wait, and reads. Writes that were sent go on. */
    leave(callerId: string): void {
      giveUp([...(calls.get(callerId)?.values() ?? [])].filter(({ isHarmless }) => isHarmless));
    },

    /** Gives up what is under way in a session that ends. */
    endSession(sessionId: string): void {
      const ended = [...calls.values()]
        .flatMap((own) => [...own.values()])
        .filter((entry) => entry.sessionId === sessionId);
      for (const entry of ended) entry.hasSessionEnded = true;
      giveUp(ended);
    },
  };
}
