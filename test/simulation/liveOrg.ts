import type { CallContext } from '../../sandbox/org/database/orgDatabase.ts';
import { createDispatch } from '../../sandbox/org/rest/dispatch.ts';
import { createResources } from '../../sandbox/org/rest/createResources.ts';
import { createApiUsage } from '../../sandbox/org/rest/http/apiUsage.ts';
import { readResourcePath } from '../../sandbox/org/rest/http/requestLine.ts';
import { createQueryCursors } from '../../sandbox/org/rest/query/queryCursors.ts';
import type { ApiRequest } from '../../src/worker/pipeline/apiRequest.ts';
import type { PipelineAnswer } from '../../src/worker/pipeline/step.ts';
import { refusalEvidence, requestFailure } from '../../src/worker/rest/refusals.ts';
import { jsonOfRequest } from '../../src/worker/rest/jsonOf.ts';
import { success } from '../../src/outcomes/failure.ts';
import { openTestOrg } from '../sandbox/org/database/testOrg.ts';
import { handClock } from '../support/handClock.ts';

export type LiveOrg = Awaited<ReturnType<typeof openLiveOrg>>;

/** The embedded org in this process: its REST API without HTTP. Its stamps have whole seconds, as Salesforce's. */
export async function openLiveOrg({ batchSize }: { batchSize?: number } = {}) {
  const { database, clock, administrator, banker } = await openTestOrg(20);
  const time = handClock(clock.now);
  const tick = (agoMs = 0): void => {
    clock.now = Math.floor((time.now() - agoMs) / 1_000) * 1_000;
  };
  const usage = createApiUsage(Number.MAX_SAFE_INTEGER, () => clock.now);
  const services = {
    database,
    organizationId: '00DNB0000000001EAA',
    usage,
    cursors: createQueryCursors(() => clock.now),
    metadataModified: new Date(clock.now),
    collisionForm: 'recordError' as const,
  };
  const dispatch = createDispatch(
    (inner) => createResources({ ...services, dispatch: inner }),
    (error) => {
      throw error;
    },
  );

  return {
    database,
    time,
    /** Sets the org's clock to the time, or to so many milliseconds before. */
    tick,
    administrator,
    banker,
    /** API requests that have reached it. */
    asked: () => usage.used(),

    /** What the org answers to a request of a user, now. */
    answer(request: ApiRequest, context: CallContext): PipelineAnswer {
      tick();
      usage.count();
      const url = new URL(request.endpoint, 'https://org.example');
      const { path } = readResourcePath(url.pathname.replace('/services/data', ''));
      const { status, body } = dispatch({
        method: request.method,
        path,
        query: url.searchParams,
        // Salesforce gives fewer rows at a time than are asked for, where they are large.
        header: (name) => (name === 'sforce-query-options' && batchSize ? `batchSize=${batchSize}` : undefined),
        body: jsonOfRequest(request.body),
        bodyFormat: 'json',
        context,
        publicUrl: url.origin,
      });
      const value = { kind: 'json' as const, value: JSON.parse(JSON.stringify(body ?? null)) as unknown };
      const outcome =
        status < 400
          ? success({ status, type: 'application/json', body: value })
          : requestFailure(refusalEvidence(status, value), { status, body: value });
      return { outcome, served: 'org', size: 100, sent: 1 };
    },
  };
}
