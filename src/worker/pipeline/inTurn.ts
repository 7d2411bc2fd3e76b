import { createRequestQueue, type RequestQueue } from '../../calls/requestQueue.ts';
import { rankOf, type PipelineAnswer, type PipelineRequest, type Step } from './step.ts';

export interface TurnLimits {
  requestsAtOnce: number;
  requestsAtOncePerApp: number;
  waitingRequestsPerApp: number;
}

interface InTurnOptions {
  limits: TurnLimits;
  orgOf: (sessionId: string) => string;
  /** Whether requests of a session go to the org over connections of which a browser opens few (HTTP/1.1). */
  hasFewConnections: (sessionId: string) => boolean;
}

/**
 * Browsers speak HTTP/2 over TLS only, and open six connections to a host that they reach by HTTP/1.1: one is left for
 * renewing, revoking and signing out, and one app leaves some to others.
 */
const overFewConnections = { atOnce: 5, perApp: 3 };

/**
 * Salesforce counts requests that run for 20 seconds or longer by themselves, 25 at once in an org (Salesforce
 * Developer Limits, "Concurrent API Request Limits"). This desktop is not alone in it.
 */
const long = { afterMs: 20_000, atOnce: 10 };

/** Sends requests to an org in turn, one app after another. What is given up meanwhile has no turn any more. */
export function createInTurn({ limits, orgOf, hasFewConnections }: InTurnOptions, next: Step): Step {
  const queues = new Map<string, RequestQueue>();

  function queueOf(sessionId: string): RequestQueue {
    const org = orgOf(sessionId);
    const bound = hasFewConnections(sessionId) ? overFewConnections : { atOnce: Infinity, perApp: Infinity };
    const atOnce = Math.min(limits.requestsAtOnce, bound.atOnce);
    const perApp = Math.min(limits.requestsAtOncePerApp, bound.perApp);
    const queue =
      queues.get(org) ??
      createRequestQueue({
        atOnce,
        ofAppsAtOnce: atOnce - 1,
        perApp,
        // How many of an app may wait is decided before.
        waitingPerApp: Infinity,
        backgroundAtOnce: Math.ceil(atOnce / 2),
        long,
      });
    queues.set(org, queue);
    return queue;
  }

  return async function inTurn(asked: PipelineRequest): Promise<PipelineAnswer> {
    const { app, sessionId, signal } = asked;
    let answer: PipelineAnswer | undefined;
    const outcome = await queueOf(sessionId).run({ app, rank: rankOf(asked), signal }, async () => {
      // It may have been given up at the moment its turn came.
      signal.throwIfAborted();
      answer = await next(asked);
      return answer.outcome;
    });
    return answer ?? { outcome, served: 'org', size: 0 };
  };
}
