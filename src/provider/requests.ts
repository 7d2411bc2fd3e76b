import type { z } from '../zod.ts';
import { failure, type Outcome } from '../outcomes/failure.ts';
import type { executeRequest, ExecuteReply } from '../channel/protocol.ts';
import { fillApiVersionInBody } from '../salesforce/apiVersionPlaceholder.ts';
import { timeoutSignal } from '../time.ts';
import type { Caller } from './accessPolicy.ts';
import type { CallsUnderWay } from './callsUnderWay.ts';
import type { ProviderConfiguration } from './configuration.ts';
import { createRequestQueue } from './requestQueue.ts';
import type { RemoteTokenWorker } from './signInFlow.ts';

interface RequestsOptions {
  configuration: Pick<ProviderConfiguration, 'limits' | 'requestTimeoutMs' | 'apiVersion'>;
  worker: Pick<RemoteTokenWorker, 'request'>;
  calls: CallsUnderWay;
}

export type Requests = ReturnType<typeof createRequests>;

/** The apps' requests to Salesforce, within the limits of each app. */
export function createRequests({
  configuration: { limits, requestTimeoutMs, apiVersion },
  worker,
  calls,
}: RequestsOptions) {
  const queue = createRequestQueue({
    atOnce: limits.requestsAtOnce,
    ofAppsAtOnce: limits.requestsAtOnce - 1,
    perApp: limits.requestsAtOncePerApp,
    waitingPerApp: limits.waitingRequestsPerApp,
  });

  return {
    /**
     * Sends a request once its turn has come. Its time limit starts now.
     *
     * @param endpoint with its API version filled in
     * @returns the answer; a failure `TOO_MANY_REQUESTS`, `REQUEST_TIMED_OUT` or `REQUEST_CANCELLED` while it waits;
     *   `SESSION_ENDED` when the session has ended meanwhile, whatever the answer
     */
    run(caller: Caller, endpoint: string, request: z.output<typeof executeRequest>): Promise<Outcome<ExecuteReply>> {
      return calls.run(caller, request, async (call) => {
        const { sessionId, method, headers, includeAuthorization, answerAs } = request;
        const limitMs = Math.min(request.timeoutMs ?? requestTimeoutMs, limits.longestRequestMs);
        const startedAt = performance.now();
        const signal = AbortSignal.any([call.signal, timeoutSignal(limitMs)]);
        const send = async (): Promise<Outcome<ExecuteReply>> => {
          // The call may have been given up at the moment its turn came.
          signal.throwIfAborted();
          call.isHarmless = method === 'GET' || method === 'HEAD';
          const body =
            request.body?.kind === 'json'
              ? { ...request.body, value: fillApiVersionInBody(endpoint, request.body.value, apiVersion) }
              : request.body;
          const timeoutMs = Math.max(1, Math.ceil(limitMs - (performance.now() - startedAt)));
          return worker.request(sessionId, call.id, {
            endpoint,
            method,
            headers,
            body,
            includeAuthorization,
            answerAs,
            timeoutMs,
          });
        };
        try {
          return await queue.run({ app: caller.app.name, isPersons: caller.app.role !== 'app', signal }, send);
        } catch (error) {
          if (!signal.aborted) throw error;
          if (call.signal.aborted) return failure('REQUEST_CANCELLED', 'The request was cancelled.');
          return failure(
            'REQUEST_TIMED_OUT',
            `The request waited ${limitMs} ms for its turn behind others of ${caller.app.name} and of other apps.`,
          );
        }
      });
    },
  };
}
