import { createRequestQueue, type RequestQueue } from '../../calls/requestQueue.ts';
import type { PipelineAnswer, PipelineRequest, Step } from './step.ts';

export interface TurnLimits {
  requestsAtOnce: number;
  requestsAtOncePerApp: number;
  waitingRequestsPerApp: number;
}

/** Sends requests to an org in turn, one app after another. What is given up meanwhile has no turn any more. */
export function createInTurn(limits: TurnLimits, orgOf: (sessionId: string) => string, next: Step): Step {
  const queues = new Map<string, RequestQueue>();

  function queueOf(org: string): RequestQueue {
    const queue =
      queues.get(org) ??
      createRequestQueue({
        atOnce: limits.requestsAtOnce,
        ofAppsAtOnce: limits.requestsAtOnce - 1,
        perApp: limits.requestsAtOncePerApp,
        waitingPerApp: Infinity,
      });
    queues.set(org, queue);
    return queue;
  }

  return async function inTurn(asked: PipelineRequest): Promise<PipelineAnswer> {
    const { app, isPersons, sessionId, signal } = asked;
    let answer: PipelineAnswer | undefined;
    const outcome = await queueOf(orgOf(sessionId)).run({ app, isPersons, signal }, async () => {
      // It may have been given up at the moment its turn came.
      signal.throwIfAborted();
      asked.onSent();
      answer = await next(asked);
      return answer.outcome;
    });
    return answer ?? { outcome, served: 'org', size: 0 };
  };
}
