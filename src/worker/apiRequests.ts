import { failure, type Outcome } from '../outcomes/failure.ts';
import { sessionEnded } from '../outcomes/sessionEnded.ts';
import type { ExecuteReply } from '../channel/orgRequests.ts';
import { boundedSignal, timeoutError } from '../time.ts';
import { asReply } from './bodyCodec.ts';
import type { ApiAnswer } from './pipeline/apiAnswer.ts';
import { apiRequest, type ApiRequest } from './pipeline/apiRequest.ts';
import { createCacheRule } from './cacheRule.ts';
import type { HeldSessions } from './heldSessions.ts';
import { sendApiRequest, type ApiRequestOptions } from './sendApiRequest.ts';
import { createServedVersions } from './servedVersions.ts';
import type { WorkerSettings } from './settings.ts';
import type { WorkerEnvironment } from './workerEnvironment.ts';

interface ApiRequestsOptions {
  settings: WorkerSettings;
  environment: Pick<WorkerEnvironment, 'fetch' | 'isOnline' | 'delay'>;
  held: HeldSessions;
}

/** How often a read is sent again. */
const mostRepeats = 2;

/** Requests to the REST API, each to the instance of its session. */
export function createApiRequests({ settings, environment: { fetch, isOnline, delay }, held }: ApiRequestsOptions) {
  const {
    requestTimeoutMs,
    endpointPrefixes: prefixes,
    dangerouslyAllowedEndpoints: allowed,
    longestAnswerBytes,
  } = settings;
  const cacheRule = createCacheRule();
  const servedVersions = createServedVersions({ fetch });

  async function send(
    sessionId: string,
    request: ApiRequest,
    signal: AbortSignal,
    more: Pick<ApiRequestOptions, 'isRepeatable' | 'isReadByPost' | 'onAnswer'> = {},
  ): Promise<Outcome<ApiAnswer>> {
    const session = held.find(sessionId);
    if (!session) return sessionEnded;
    return sendApiRequest(session, request, {
      fetch,
      isOnline,
      delay,
      endpoints: { prefixes, allowed },
      longestAnswerBytes,
      cacheRule,
      servedVersions,
      alone: held.isAlone(session),
      mostRepeats: settings.pipeline.retries ? mostRepeats : 0,
      signal,
      ...more,
    });
  }

  return {
    send,

    /** A request of the provider's own: sent at once, and by itself. */
    async request(sessionId: string, request: ApiRequest): Promise<Outcome<ExecuteReply>> {
      const parsed = apiRequest.safeParse(request);
      if (!parsed.success) {
        const issues = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
        return failure('INVALID_PARAMETER', `The request is malformed: ${issues.join('; ')}`);
      }
      const bound = boundedSignal(parsed.data.timeoutMs ?? requestTimeoutMs, timeoutError);
      try {
        return asReply(await send(sessionId, parsed.data, bound.signal));
      } finally {
        bound.end();
      }
    },
  };
}
