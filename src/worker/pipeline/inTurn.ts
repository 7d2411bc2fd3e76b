import { createRequestQueue } from '../../calls/requestQueue.ts';
import type { ExecuteReply } from '../../channel/orgRequests.ts';
import { failure, type Outcome } from '../../outcomes/failure.ts';
import { timeoutSignal } from '../../time.ts';
import type { ApiRequest } from './apiRequest.ts';
import type { AskedRequest } from './door.ts';

/** Sends a request to the org of a session. */
export type Send = (sessionId: string, request: ApiRequest, signal: AbortSignal) => Promise<Outcome<ExecuteReply>>;

interface TurnLimits {
  requestsAtOnce: number;
  requestsAtOncePerApp: number;
  waitingRequestsPerApp: number;
}

/**
 * Sends requests in turn, one app after another. The time limit of a request starts when it is asked for.
 *
 * @returns the answer; a failure `TOO_MANY_REQUESTS`, `REQUEST_TIMED_OUT` or `REQUEST_CANCELLED` while it waits
 */
export function createInTurn(limits: TurnLimits, send: Send) {
  const queue = createRequestQueue({
    atOnce: limits.requestsAtOnce,
    ofAppsAtOnce: limits.requestsAtOnce - 1,
    perApp: limits.requestsAtOncePerApp,
    waitingPerApp: limits.waitingRequestsPerApp,
  });

  return async function inTurn({
    caller,
    sessionId,
    request,
    timeoutMs,
    call,
  }: AskedRequest): Promise<Outcome<ExecuteReply>> {
    const signal = AbortSignal.any([call.signal, timeoutSignal(timeoutMs)]);
    try {
      return await queue.run({ app: caller.app, isPersons: caller.isPersons, signal }, async () => {
        // The call may have been given up at the moment its turn came.
        signal.throwIfAborted();
        call.isHarmless = request.method === 'GET' || request.method === 'HEAD';
        return send(sessionId, request, signal);
      });
    } catch (error) {
      if (!signal.aborted) throw error;
      if (call.signal.aborted) return failure('REQUEST_CANCELLED', 'The request was cancelled.');
      return failure(
        'REQUEST_TIMED_OUT',
        `The request waited ${timeoutMs} ms for its turn behind others of ${caller.app} and of other apps.`,
      );
    }
  };
}
