import { z } from '../zod.ts';
import { ApiRequestError } from '../client/errors.ts';
import { apiPaths, lightningRecordUrl, lightningRelatedListUrl } from '../salesforce/apiPaths.ts';
import { keyPrefixOf } from '../salesforce/recordId.ts';
import { soql, soqlName, type SoqlText } from '../salesforce/soqlQuoting.ts';
import { formatDate, formatDateTime } from './fieldValue.ts';
import { callApi, type RecordApi } from './recordApi.ts';
import { relatedListsOf, type ListDefinition, type ListFirst } from './relatedListDefinitions.ts';

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
/** So many are read, so that it need not be asked how many there are, and a change of one that is not shown is seen. */
export const ROWS_READ = 50;

const row = z.looseObject({ Id: z.string() });
type Row = z.infer<typeof row>;

const typeOfPrefix: Readonly<Record<string, string>> = {
  '001': 'Account',
  '003': 'Contact',
  '00Q': 'Lead',
  '006': 'Opportunity',
  '500': 'Case',
};

/** The object of a record by its id alone, where there are related lists of it; else undefined. */
export const typeWithLists = (id: string): string | undefined => typeOfPrefix[keyPrefixOf(id)];

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
    ORDER BY ${soqlName(list.orderBy)} ${list.soonestFirst ? soql`ASC` : soql`DESC`} NULLS LAST LIMIT ${ROWS_READ}`;

/** Rows of a related list, as they are subscribed to. */
export interface WatchedList {
  label: string;
  statement: SoqlText;
  /** What is shown of all of its rows. @throws ZodError for what are none */
  shown: (rows: readonly unknown[]) => Pick<RelatedList, 'rows'> & { read: number };
}

/** The rows of each related list of a record. */
export const watchedLists = (type: string, id: string, first?: ListFirst): WatchedList[] =>
  relatedListsOf(type, first).map((list) => ({
    label: list.label,
    statement: rowsOf(list, id),
    shown: (rows) => shownOf(list, z.array(row).parse(rows)),
  }));

const shownOf = (list: ListDefinition, rows: readonly Row[]): Pick<RelatedList, 'rows'> & { read: number } => ({
  rows: rows.slice(0, ROWS_SHOWN).map((one) => relatedRow(list, one)),
  read: rows.length,
});

const countOf = (list: ListDefinition, id: string): SoqlText =>
  soql`SELECT COUNT() FROM ${soqlName(list.type)} WHERE ${list.where(id)}`;

/**
 * Loads the related lists of a record, newest first. The queries are asked at once, so that the provider makes one
 * composite request of them; how many rows there are is asked only where there may be more than were read. A list that
 * the person may not read is left out.
 *
 * @param options `first`: what comes before all else; `maxAge`: how old what is shown may be, in milliseconds
 * @throws ApiRequestError as the client does, where no list can be read or the org cannot be asked.
 */
export async function loadRelatedLists(
  api: RecordApi,
  type: string,
  id: string,
  options: { signal?: AbortSignal | undefined; first?: ListFirst | undefined; maxAge?: number } = {},
): Promise<RelatedList[]> {
  const { first, ...how } = options;
  const lists = relatedListsOf(type, first);
  const ask = async (statement: SoqlText): Promise<z.infer<typeof queryAnswer>> =>
    queryAnswer.parse(await callApi(api, apiPaths.query(statement), how));
  const read = await Promise.allSettled(lists.map((list) => ask(rowsOf(list, id))));
  const refusals = read.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
  const cause = refusals.find((reason) => !isRefusal(reason)) ?? (refusals.length === lists.length && refusals[0]);
  if (cause) throw cause as Error;
  const loaded = lists.map(async (list, index): Promise<RelatedList[]> => {
    const one = read[index]!;
    if (one.status === 'rejected') return [];
    const { rows, read: count } = shownOf(list, one.value.records);
    const all = count < ROWS_READ ? count : (await ask(countOf(list, id))).totalSize;
    const link = list.relationship
      ? lightningRelatedListUrl(api.orgUrl, { type, id, list: list.relationship })
      : lightningRecordUrl(api.orgUrl, type, id);
    return [{ label: list.label, type: list.type, link, count: all, rows }];
  });
  return (await Promise.all(loaded)).flat();
}

/** Whether Salesforce has answered and refused, as it does where the person may not read an object or a field. */
const isRefusal = (error: unknown): boolean =>
  error instanceof ApiRequestError && error.status !== undefined && error.status >= 400 && error.status < 500;
