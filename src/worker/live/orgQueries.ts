import type { Priority } from '../../channel/orgRequests.ts';
import { failure, success, type Outcome } from '../../outcomes/failure.ts';
import { outcomeFailure } from '../../outcomes/outcomes.ts';
import { urlSegment } from '../../salesforce/urlSegment.ts';
import { z } from '../../zod.ts';
import type { AskedRequest } from '../pipeline/door.ts';
import type { PipelineAnswer } from '../pipeline/step.ts';
import { jsonOf } from '../rest/jsonOf.ts';

/** A row as the REST API returns it. */
export type Row = Record<string, unknown>;

/** In whose name the org is asked, for all apps together. */
const asker = { id: 'live', app: 'provider', isPersons: false } as const;

/** More rows are no view of a person, and would be read again at each change. */
export const mostRows = 2_000;

const dayMs = 86_400_000;

/** Cheap, as there may be thousands in a round. */
const row = z.custom<Row>((value) => typeof value === 'object' && value !== null && !Array.isArray(value));
const page = z.looseObject({
  totalSize: z.number(),
  done: z.boolean(),
  nextRecordsUrl: z.string().startsWith('/').optional(),
  records: z.array(row),
});
type Page = z.output<typeof page>;

export interface OrgQueriesOptions {
  apiVersion: string;
  ask: (asked: AskedRequest) => Promise<Pick<PipelineAnswer, 'outcome'>>;
  requestTimeoutMs: number;
}

/** How one statement is asked. */
export interface Asked {
  priority: Priority;
  /** Given up when aborted. */
  signal: AbortSignal;
  /** With rows in the recycle bin (`queryAll`). */
  withDeleted?: boolean;
}

export type OrgQueries = ReturnType<typeof createOrgQueries>;

/**
 * Asks the org of a session through the pipeline, never for a copy. Statements that are asked in the same moment go out
 * as one composite request.
 */
export function createOrgQueries({ apiVersion, ask, requestTimeoutMs }: OrgQueriesOptions) {
  const data = `/services/data/v${apiVersion}`;

  async function get(
    sessionId: string,
    endpoint: string,
    { priority, signal }: Asked,
    maxAgeMs: number | undefined = 0,
  ): Promise<Outcome<unknown>> {
    const { outcome } = await ask({
      caller: asker,
      sessionId,
      request: { endpoint, method: 'GET', headers: {}, includeAuthorization: true },
      timeoutMs: requestTimeoutMs,
      maxAgeMs,
      priority,
      isRepeatable: false,
      call: { signal, sessionId, isHarmless: true },
    });
    return outcome.ok ? success(jsonOf(outcome.data.body)) : outcome;
  }

  async function getPage(sessionId: string, endpoint: string, how: Asked): Promise<Outcome<Page>> {
    const answer = await get(sessionId, endpoint, how);
    if (!answer.ok) return answer;
    const parsed = page.safeParse(answer.data);
    return parsed.success ? success(parsed.data) : unreadable;
  }

  /** The rows of a page and of all that follow. */
  async function following(sessionId: string, first: Page, how: Asked): Promise<Outcome<Row[]>> {
    const rows = [...first.records];
    for (let last = first; !last.done && last.nextRecordsUrl !== undefined;) {
      const next = await getPage(sessionId, last.nextRecordsUrl, how);
      if (!next.ok) return next;
      rows.push(...next.data.records);
      if (rows.length > mostRows) return tooMany(first.totalSize);
      last = next.data;
    }
    return success(rows);
  }

  /** Reads to their end the child rows of which the org has given the first only. */
  async function completeChildren(sessionId: string, rows: readonly Row[], how: Asked): Promise<Outcome<null>> {
    for (const one of rows) {
      for (const [name, value] of Object.entries(one)) {
        const children = page.safeParse(value);
        if (!children.success || children.data.done) continue;
        const records = await following(sessionId, children.data, how);
        if (!records.ok) return records;
        const { nextRecordsUrl: _, ...whole } = children.data;
        one[name] = { ...whole, done: true, records: records.data };
      }
    }
    return success(null);
  }

  return {
    /**
     * The rows of a statement, all pages of them and of their child rows.
     *
     * @returns a failure `INVALID_PARAMETER` for more than {@link mostRows}; other failures as the pipeline has them
     */
    async query(sessionId: string, soql: string, how: Asked): Promise<Outcome<Row[]>> {
      const first = await getPage(
        sessionId,
        `${data}/${how.withDeleted ? 'queryAll' : 'query'}?q=${urlSegment(soql)}`,
        how,
      );
      if (!first.ok) return first;
      if (first.data.totalSize > mostRows) return tooMany(first.data.totalSize);
      const rows = await following(sessionId, first.data, how);
      if (!rows.ok) return rows;
      const completed = await completeChildren(sessionId, rows.data, how);
      return completed.ok ? rows : completed;
    },

    /** The description of an object, of which a copy of today does. */
    describe: (sessionId: string, sObject: string, how: Asked): Promise<Outcome<unknown>> =>
      get(sessionId, `${data}/sobjects/${urlSegment(sObject)}/describe`, how, dayMs),
  };
}

const unreadable = outcomeFailure({ stage: 'request', noAnswer: 'unreadable', status: 200 });

const tooMany = (rows: number): Outcome<never> =>
  failure(
    'INVALID_PARAMETER',
    `The query has ${rows} rows, of which ${mostRows} at most can be kept up to date. Narrow it by a condition or a LIMIT.`,
  );
