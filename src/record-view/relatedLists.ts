import { z } from '../zod.ts';
import { ApiRequestError } from '../client/errors.ts';
import { apiPaths, lightningRelatedListUrl } from '../salesforce/apiPaths.ts';
import { soql, soqlName, type SoqlText } from '../salesforce/soqlQuoting.ts';
import { formatDate, formatDateTime } from './fieldValue.ts';
import { callApi, type RecordApi } from './recordApi.ts';
import { relatedListsOf, type ListDefinition } from './relatedListDefinitions.ts';

export interface RelatedRow {
  type: string;
  id: string;
  title: string;
  /** Further facts of a row, in order. */
  facts: string[];
}

export interface RelatedList {
  label: string;
  /** The object of the rows. */
  type: string;
  /** Number of all rows, not only of those shown. */
  count: number;
  rows: RelatedRow[];
  /** The whole list in Lightning Experience. */
  link: string;
}

const ROWS_SHOWN = 5;

const row = z.looseObject({ Id: z.string() });
type Row = z.infer<typeof row>;

const queryAnswer = z.looseObject({ totalSize: z.number().int(), records: z.array(row) });

function factText(field: string, value: unknown): string {
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') return '';
  if (field.endsWith('DateTime')) return formatDateTime(value);
  return field.endsWith('Date') ? formatDate(value) : value;
}

function relatedRow({ type, title, facts }: ListDefinition, values: Row): RelatedRow {
  const name = title.map((field) => values[field]).find((value) => typeof value === 'string' && value !== '');
  return {
    type,
    id: values.Id,
    title: typeof name === 'string' ? name : values.Id,
    facts: facts.map((field) => factText(field, values[field])).filter((text) => text !== '' && text !== name),
  };
}

const rowsOf = (list: ListDefinition, id: string): SoqlText =>
  soql`SELECT ${list.select} FROM ${soqlName(list.type)} WHERE ${list.where(id)}
    ORDER BY ${soqlName(list.orderBy)} ${list.soonestFirst ? soql`ASC` : soql`DESC`} NULLS LAST LIMIT ${ROWS_SHOWN}`;

/** A statement for the rows of each related list of a record, as they are shown. */
export const relatedRows = (type: string, id: string, activitiesFirst = false): SoqlText[] =>
  relatedListsOf(type, activitiesFirst).map((list) => rowsOf(list, id));

const countOf = (list: ListDefinition, id: string): SoqlText =>
  soql`SELECT COUNT() FROM ${soqlName(list.type)} WHERE ${list.where(id)}`;

/**
 * Loads the related lists of a record, newest first. The queries are asked at once, so that the provider makes one
 * composite request of them; how many rows there are is asked only where there may be more than are shown. A list that
 * the person may not read is left out.
 *
 * @param options `activitiesFirst`: open and past tasks and events, before all else
 * @throws ApiRequestError as the client does, where no list can be read or the org cannot be asked.
 */
export async function loadRelatedLists(
  api: RecordApi,
  type: string,
  id: string,
  { signal, activitiesFirst = false }: { signal?: AbortSignal; activitiesFirst?: boolean } = {},
): Promise<RelatedList[]> {
  const lists = relatedListsOf(type, activitiesFirst);
  const ask = async (statement: SoqlText): Promise<z.infer<typeof queryAnswer>> =>
    queryAnswer.parse(await callApi(api, apiPaths.query(statement), { ...(signal ? { signal } : {}) }));
  const read = await Promise.allSettled(lists.map((list) => ask(rowsOf(list, id))));
  const refusals = read.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
  const cause = refusals.find((reason) => !isRefusal(reason)) ?? (refusals.length === lists.length && refusals[0]);
  if (cause) throw cause as Error;
  const loaded = lists.map(async (list, index): Promise<RelatedList[]> => {
    const one = read[index]!;
    if (one.status === 'rejected') return [];
    const { records } = one.value;
    const count = records.length < ROWS_SHOWN ? records.length : (await ask(countOf(list, id))).totalSize;
    const link = lightningRelatedListUrl(api.orgUrl, { type, id, list: list.relationship });
    return [{ label: list.label, type: list.type, link, count, rows: records.map((row) => relatedRow(list, row)) }];
  });
  return (await Promise.all(loaded)).flat();
}

/** Whether Salesforce has answered and refused, as it does where the person may not read an object or a field. */
const isRefusal = (error: unknown): boolean =>
  error instanceof ApiRequestError && error.status !== undefined && error.status >= 400 && error.status < 500;
