import { z } from '../zod.ts';
import type { Failure } from '../outcomes/failure.ts';
import { apiPaths } from '../salesforce/apiPaths.ts';
import type { SoqlText } from '../salesforce/soqlQuoting.ts';
import type { IntentServices, IntentSession } from './intentServices.ts';
import { fdc3Errors, IntentError, intentErrorOf } from './intentError.ts';

/** Most candidates a search brings to a chooser. */
export const MOST_CANDIDATES = 20;

/** Fields that every person sees of every object that they may read: no field-level security takes them away. */
const alwaysVisible: readonly string[] = ['Id', 'Name'];

/** What to read, and how to write it down for those of the fields that the person may see. */
export interface Selection {
  fields: readonly string[];
  statement: (fields: readonly string[]) => SoqlText;
}

/**
 * Runs bound SOQL in the session of one intent. A field that field-level security hides from this person is as unknown
 * to a query as one that does not exist (`INVALID_FIELD`, SOQL and SOSL Reference): it is left out and the rest asked
 * again.
 */
export interface RecordQuery {
  /**
   * @throws IntentError when the request fails or the answer is not a query result.
   */
  select<Row>(selection: Selection, row: z.ZodType<Row>): Promise<Row[]>;
  /** The same, but without a match where a field of its condition is hidden, or exists only in other orgs. */
  selectWhereVisible<Row>(selection: Selection, row: z.ZodType<Row>): Promise<Row[]>;
}

const salesforceErrors = z.array(z.looseObject({ errorCode: z.string(), message: z.string().catch('') }));

/**
 * Salesforce's sentences about a field that is not there, or not for this person; undefined for every other failure.
 */
function missingFieldSentences(failure: Failure): string[] | undefined {
  const errors =
    salesforceErrors.safeParse(failure.data).data?.filter(({ errorCode }) => errorCode === 'INVALID_FIELD') ?? [];
  return errors.length > 0 ? errors.map(({ message }) => message) : undefined;
}

/**
 * Columns and relationships that these sentences say are unknown; none where they are in a language other than English.
 */
function namesIn(sentences: readonly string[]): string[] {
  const found = sentences.flatMap((sentence) => [
    ...sentence.matchAll(/(?:No such column|understand relationship) '([^']+)'/g),
  ]);
  return found.map(([, name]) => name!.toLowerCase());
}

export function createRecordQuery(services: IntentServices, session: IntentSession): RecordQuery {
  /** What this person has been found not to see, so that the next query does without. */
  const hidden = new Set<string>();

  async function select<Row>(selection: Selection, row: z.ZodType<Row>, mayLackField: boolean): Promise<Row[]> {
    const fields = selection.fields.filter((field) => !hidden.has(field));
    const outcome = await services.request(session.sessionId, apiPaths.query(selection.statement(fields)));
    if (outcome.ok) return rowsOf(outcome.data, row);
    const sentences = missingFieldSentences(outcome.error);
    if (sentences === undefined) throw intentErrorOf(outcome.error);
    const names = namesIn(sentences);
    const optional = fields.filter((field) => !alwaysVisible.includes(field));
    const unseen = optional.filter((field) =>
      field
        .toLowerCase()
        .split('.')
        .some((part) => names.includes(part)),
    );
    for (const field of unseen) hidden.add(field);
    if (unseen.length > 0) return select(selection, row, mayLackField);
    // Nobody says which one it is: what everybody sees is asked for alone.
    if (names.length === 0 && optional.length > 0) {
      return select(
        { ...selection, fields: fields.filter((field) => alwaysVisible.includes(field)) },
        row,
        mayLackField,
      );
    }
    // It is in the condition.
    if (mayLackField) return [];
    throw intentErrorOf(outcome.error);
  }
  return {
    select: (selection, row) => select(selection, row, false),
    selectWhereVisible: (selection, row) => select(selection, row, true),
  };
}

function rowsOf<Row>(data: unknown, row: z.ZodType<Row>): Row[] {
  const answer = z.object({ records: z.array(row) }).safeParse(data);
  if (answer.success) return answer.data.records;
  throw new IntentError(fdc3Errors.handlerRejected, 'REQUEST_FAILED', 'Salesforce answered a query in an unknown form');
}
