import type { createApiRequests } from './apiRequests.ts';
import type { HeldSessions } from './heldSessions.ts';
import { createPipeline } from './pipeline/pipeline.ts';
import { apiUsageOf, limitInfoOf, retryAfterOf, type ApiUsage } from './rest/limitInfo.ts';
import type { WorkerSettings } from './settings.ts';
import type { WorkerEnvironment } from './workerEnvironment.ts';
import type { WorkerEvents } from './workerVerbs.ts';

interface RequestPipelineOptions {
  settings: WorkerSettings;
  environment: WorkerEnvironment;
  events: Pick<WorkerEvents, 'usage'>;
  held: HeldSessions;
  requests: ReturnType<typeof createApiRequests>;
  onWritten: Parameters<typeof createPipeline>[0]['onWritten'];
  confirmedRow: Parameters<typeof createPipeline>[0]['confirmedRow'];
}

/** The pipeline of all callers' requests, with the held sessions and their orgs at its end. */
export function createRequestPipeline(options: RequestPipelineOptions) {
  const { settings, environment, events, held, requests, onWritten, confirmedRow } = options;
  return createPipeline({
    onWritten,
    confirmedRow,
    settings: settings.pipeline,
    limits: settings.limits,
    orgOf: (sessionId) => held.find(sessionId)?.organizationId ?? sessionId,
    nextTask: environment.nextTask,
    hasPreflights: environment.hasPreflights,
    now: environment.now,
    orgUrlOf: (sessionId) => held.find(sessionId)?.orgUrl ?? '',
    delay: environment.delay,
    onUsage: (usage) => events.usage(usage),
    async askLimits(sessionId) {
      const endpoint = `/services/data/v${settings.apiVersion}/limits`;
      const answer = await requests.request(sessionId, {
        endpoint,
        method: 'GET',
        headers: {},
        includeAuthorization: true,
      });
      return answer.ok && answer.data.body?.kind === 'json' ? apiUsageOf(answer.data.body.value) : undefined;
    },
    async send({ sessionId, request, signal, kind, isRepeatable }) {
      let last: { size: number; usage?: ApiUsage | undefined; retryAfterMs?: number | undefined } = { size: 0 };
      let sent = 0;
      const outcome = await requests.send(sessionId, request, signal, {
        isRepeatable,
        isReadByPost: kind.does !== 'write' && request.method === 'POST',
        onAnswer(headers, size) {
          sent += 1;
          last = { size, usage: limitInfoOf(headers), retryAfterMs: retryAfterOf(headers, environment.now()) };
        },
      });
      return { outcome, served: 'org', sent: Math.max(1, sent), ...last };
    },
  });
}
