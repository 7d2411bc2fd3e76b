import { failure, type Outcome } from '../outcomes/failure.ts';
import { sessionEnded } from '../outcomes/sessionEnded.ts';
import type { ExecuteReply } from '../channel/protocol.ts';
import { timeoutSignal } from '../time.ts';
import { apiRequest, type ApiRequest } from './apiRequest.ts';
import { createCacheRule } from './cacheRule.ts';
import type { HeldSessions } from './heldSessions.ts';
import { sendApiRequest } from './sendApiRequest.ts';
import { createServedVersions } from './servedVersions.ts';
import type { WorkerSettings } from './settings.ts';
import type { WorkerEnvironment } from './workerEnvironment.ts';

interface ApiRequestsOptions {
  settings: WorkerSettings;
  environment: Pick<WorkerEnvironment, 'fetch' | 'isOnline' | 'delay'>;
  held: HeldSessions;
}

/** The requests to the REST API that are under way. Each can be cancelled under its id, and has a time limit. */
export function createApiRequests({ settings, environment: { fetch, isOnline, delay }, held }: ApiRequestsOptions) {
  const {
    requestTimeoutMs,
    endpointPrefixes: prefixes,
    dangerouslyAllowedEndpoints: allowed,
    longestAnswerBytes,
  } = settings;
  const running = new Map<string, AbortController>();
  const cacheRule = createCacheRule();
  const servedVersions = createServedVersions({ fetch });

  return {
    async send(sessionId: string, requestId: string, request: ApiRequest): Promise<Outcome<ExecuteReply>> {
      const session = held.find(sessionId);
      if (!session) return sessionEnded;
      const parsed = apiRequest.safeParse(request);
      if (!parsed.success) {
        const issues = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
        return failure('INVALID_PARAMETER', `The request is malformed: ${issues.join('; ')}`);
      }
      const controller = new AbortController();
      running.set(requestId, controller);
      const timeout = timeoutSignal(parsed.data.timeoutMs ?? requestTimeoutMs);
      try {
        return await sendApiRequest(session, parsed.data, {
          fetch,
          isOnline,
          delay,
          endpoints: { prefixes, allowed },
          longestAnswerBytes,
          cacheRule,
          servedVersions,
          alone: held.isAlone(session),
          signal: AbortSignal.any([controller.signal, timeout]),
        });
      } finally {
        running.delete(requestId);
      }
    },

    cancel(requestId: string): void {
      running.get(requestId)?.abort();
    },
  };
}
