import type { z } from '../zod.ts';
import { failure, type Outcome } from '../outcomes/failure.ts';
import type { executeRequest, ExecuteReply } from '../channel/protocol.ts';
import { fillApiVersionInBody } from '../salesforce/apiVersionPlaceholder.ts';
import type { Caller } from './accessPolicy.ts';
import type { ProviderConfiguration } from './configuration.ts';
import { createRequestQueue } from './requestQueue.ts';
import type { RemoteTokenWorker } from './signInFlow.ts';

interface RequestsOptions {
  configuration: Pick<ProviderConfiguration, 'limits' | 'requestTimeoutMs' | 'apiVersion'>;
  worker: Pick<RemoteTokenWorker, 'request' | 'cancel'>;
}

interface UnderWay {
  controller: AbortController;
  sessionId: string;
  hasSessionEnded: boolean;
  /** Whether giving it up leaves the org as it is. */
  isHarmless: boolean;
}

export type Requests = ReturnType<typeof createRequests>;

/** The apps' requests to Salesforce that wait or are under way, within the limits of each app. */
export function createRequests({ configuration: { limits, requestTimeoutMs, apiVersion }, worker }: RequestsOptions) {
  const queue = createRequestQueue({
    atOnce: limits.requestsAtOnce,
    ofAppsAtOnce: limits.requestsAtOnce - 1,
    perApp: limits.requestsAtOncePerApp,
    waitingPerApp: limits.waitingRequestsPerApp,
  });
  const underWay = new Map<string, UnderWay>();

  async function stop(id: string, request: UnderWay): Promise<void> {
    request.controller.abort();
    await worker.cancel(id);
  }

  return {
    /**
     * Sends a request once its turn has come. Its time runs from now on.
     *
     * @param id of the request, no other's of that caller
     * @param endpoint with its API version filled in
     * @returns the answer; a failure `TOO_MANY_REQUESTS`, `REQUEST_TIMED_OUT` or `REQUEST_CANCELLED` while it waits; `SESSION_ENDED`
     *   when the session has ended meanwhile, whatever the answer
     */
    async run(caller: Caller, id: string, endpoint: string, request: z.output<typeof executeRequest>): Promise<Outcome<ExecuteReply>> {
      if (underWay.has(id)) return failure('INVALID_PARAMETER', 'requestId: a request with this id is under way already.');
      const { sessionId, method, headers, includeAuthorization, answerAs } = request;
      const limitMs = Math.min(request.timeoutMs ?? requestTimeoutMs, limits.longestRequestMs);
      const startedAt = performance.now();
      const own: UnderWay = { controller: new AbortController(), sessionId, hasSessionEnded: false, isHarmless: true };
      underWay.set(id, own);
      const signal = AbortSignal.any([own.controller.signal, AbortSignal.timeout(limitMs)]);
      const send = async (): Promise<Outcome<ExecuteReply>> => {
        // Given up in the moment in which its turn came.
        signal.throwIfAborted();
        own.isHarmless = method === 'GET' || method === 'HEAD';
        const body = request.body?.kind === 'json' ? { ...request.body, value: fillApiVersionInBody(endpoint, request.body.value, apiVersion) } : request.body;
        const timeoutMs = Math.max(1, Math.ceil(limitMs - (performance.now() - startedAt)));
        return worker.request(sessionId, id, { endpoint, method, headers, body, includeAuthorization, answerAs, timeoutMs });
      };
      try {
        const answer = await queue.run({ app: caller.app.name, isPersons: caller.app.role !== 'app', signal }, send);
        return own.hasSessionEnded ? sessionEnded : answer;
      } catch (error) {
        if (!signal.aborted) throw error;
        if (own.hasSessionEnded) return sessionEnded;
        if (own.controller.signal.aborted) return failure('REQUEST_CANCELLED', 'The request was cancelled.');
        return failure('REQUEST_TIMED_OUT', `The request waited ${limitMs} ms for its turn behind others of ${caller.app.name} and of other apps.`);
      } finally {
        underWay.delete(id);
      }
    },

    async cancel(id: string): Promise<void> {
      const request = underWay.get(id);
      if (request) await stop(id, request);
    },

    /** The caller has gone: what waits for it, and what it only wanted to read, makes room. What it wrote goes on. */
    leave(callerId: string): void {
      for (const [id, request] of underWay) if (id.startsWith(`${callerId}/`) && request.isHarmless) void stop(id, request);
    },

    /** Gives up what is under way in a session that ends: nobody gets an answer of it any more. */
    async endSession(sessionId: string): Promise<void> {
      const ended = [...underWay].filter(([, request]) => request.sessionId === sessionId);
      await Promise.all(ended.map(([id, request]) => {
        request.hasSessionEnded = true;
        return stop(id, request);
      }));
    },
  };
}

const sessionEnded = failure('SESSION_ENDED', 'This Salesforce session has ended. Please connect again.');
