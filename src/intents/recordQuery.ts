import { z } from '../zod.ts';
import type { Failure } from '../channel/failure.ts';
import { apiPaths } from '../salesforce/apiPaths.ts';
import type { SoqlText } from '../salesforce/soqlQuoting.ts';
import type { IntentDesk, IntentSession } from './intentDesk.ts';
import { fdc3Errors, IntentError, intentErrorOf } from './intentError.ts';

/** Most candidates a search brings to a chooser. */
export const MOST_CANDIDATES = 20;

/** Runs bound SOQL in the session of one intent. */
export interface RecordQuery {
  /**
   * @throws IntentError when the request fails or the answer is not a query result.
   */
  select<Row>(statement: SoqlText, row: z.ZodType<Row>): Promise<Row[]>;
  /** The same, but an org without a field named here has no match: custom external ids exist only in some orgs. */
  selectByCustomField<Row>(statement: SoqlText, row: z.ZodType<Row>): Promise<Row[]>;
}

const salesforceErrors = z.array(z.looseObject({ errorCode: z.string() }));

function tellsOfMissingField(failure: Failure): boolean {
  const errors = salesforceErrors.safeParse(failure.data);
  return errors.success && errors.data.some(({ errorCode }) => errorCode === 'INVALID_FIELD');
}

export function createRecordQuery(desk: IntentDesk, session: IntentSession): RecordQuery {
  async function select<Row>(statement: SoqlText, row: z.ZodType<Row>, mayLackField: boolean): Promise<Row[]> {
    const outcome = await desk.request(session.sessionId, apiPaths.query(statement));
    if (!outcome.ok) {
      if (mayLackField && tellsOfMissingField(outcome.error)) return [];
      throw intentErrorOf(outcome.error);
    }
    const answer = z.object({ records: z.array(row) }).safeParse(outcome.data);
    if (answer.success) return answer.data.records;
    throw new IntentError(fdc3Errors.handlerRejected, 'REQUEST_FAILED', 'Salesforce answered a query in an unknown form');
  }
  return {
    select: (statement, row) => select(statement, row, false),
    selectByCustomField: (statement, row) => select(statement, row, true),
  };
}
