import { z } from '../zod.ts';
import type { Failure } from '../outcomes/failure.ts';
import { apiPaths } from '../salesforce/apiPaths.ts';
import type { SoqlText } from '../salesforce/soqlQuoting.ts';
import type { IntentServices, IntentSession } from './intentServices.ts';
import { fdc3Errors, IntentError, intentErrorOf } from './intentError.ts';

/** Most candidates a search brings to a chooser. */
export const MOST_CANDIDATES = 20;

/** Fields that everybody who may read an object sees: field-level security cannot hide them. */
const alwaysVisible: readonly string[] = ['Id', 'Name'];

/** The fields to read, and how to write the statement for those of them that the person may see. */
export interface Selection {
  fields: readonly string[];
  statement: (fields: readonly string[]) => SoqlText;
}

/**
 * Runs bound SOQL in the session of one intent. To a query, a field that field-level security hides from this person is
 * like one that does not exist (`INVALID_FIELD`, SOQL and SOSL Reference): such a field is left out and the query sent
 * again.
 */
export interface RecordQuery {
  /**
   * @throws IntentError when the request fails or the answer is not a query result.
   */
  select<Row>(selection: Selection, row: z.ZodType<Row>): Promise<Row[]>;
  /**
   * The same, but finds nothing where a field of the condition is hidden from the person, or does not exist in this
   * org.
   */
  selectWhereVisible<Row>(selection: Selection, row: z.ZodType<Row>): Promise<Row[]>;
}

const salesforceErrors = z.array(z.looseObject({ errorCode: z.string(), message: z.string().catch('') }));

/**
 * Salesforce's messages about a field that does not exist or is hidden from this person; undefined for every other
 * failure.
 */
function missingFieldSentences(failure: Failure): string[] | undefined {
  const errors =
    salesforceErrors.safeParse(failure.data).data?.filter(({ errorCode }) => errorCode === 'INVALID_FIELD') ?? [];
  return errors.length > 0 ? errors.map(({ message }) => message) : undefined;
}

/** Columns and relationships that these messages name; none where they are in a language other than English. */
function namesIn(sentences: readonly string[]): string[] {
  const found = sentences.flatMap((sentence) => [
    ...sentence.matchAll(/(?:No such column|understand relationship) '([^']+)'/g),
  ]);
  return found.map(([, name]) => name!.toLowerCase());
}

/** @returns what runs queries in the session of one intent */
export function createRecordQuery(services: IntentServices, session: IntentSession): RecordQuery {
  /** Fields found to be hidden from this person, left out of the next query at once. */
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
    // The message does not say which field it is, so only the fields that everybody sees are asked for.
    if (names.length === 0 && optional.length > 0) {
      return select(
        { ...selection, fields: fields.filter((field) => alwaysVisible.includes(field)) },
        row,
        mayLackField,
      );
    }
    // The field is in the condition, so leaving it out of the columns does not help.
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
