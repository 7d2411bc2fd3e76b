import { apiPaths } from '../salesforce/apiPaths.ts';
import type { FormField } from './formFields.ts';
import type { LookupResult } from './lookupState.ts';
import { callApi, type RecordApi } from './recordApi.ts';
import { lookupValues, type UiRecord } from './uiApi.ts';

const mostResults = 8;

/** The shortest text that Salesforce searches for. */
export const shortestTerm = 2;

/** The record whose lookup is being filled in. */
export interface LookupSource {
  type: string;
  /** Undefined for a new one. */
  id: string | undefined;
  /** What is in another field of it, as the User Interface API takes it. */
  valueOf: (field: string) => unknown;
}

/**
 * Searches the records that a lookup field may refer to, as far as the org's own filters let it: by what is typed, or
 * those that the person has used lately, where it is nothing.
 *
 * @returns The most likely, and whether there are more.
 * @throws ApiRequestError as the client does; ZodError for an answer that is none.
 * @see User Interface API guide, "Get Lookup Field Suggestions With POST"
 */
export async function searchLookup(
  api: RecordApi,
  { name, lookup }: FormField,
  source: LookupSource,
  term: string,
  signal: AbortSignal,
): Promise<{ results: LookupResult[]; hasMore: boolean }> {
  const path = apiPaths.lookups(source.type, name, { q: term, pageSize: mostResults });
  const filteredBy = (lookup?.filteredBy ?? []).map((field) => [field, source.valueOf(field) ?? null] as const);
  const fields = { Id: source.id ?? null, ...Object.fromEntries(filteredBy) };
  const { lookupResults } = lookupValues.parse(
    await callApi(api, path, { body: { sourceRecord: { fields } }, signal }),
  );
  const found = Object.values(lookupResults);
  const results = found.flatMap(({ records }) => records.map(resultOf));
  const hasMore = found.some(({ nextPageToken, nextPageUrl }) => Boolean(nextPageToken ?? nextPageUrl));
  return { results: results.slice(0, mostResults), hasMore: hasMore || results.length > mostResults };
}

function resultOf({ apiName, id, fields }: UiRecord): LookupResult {
  const textOf = (name: string): string => {
    const { displayValue, value } = fields[name] ?? {};
    return displayValue ?? (typeof value === 'string' ? value : '');
  };
  const others = Object.keys(fields).filter((name) => !['Id', 'DisambiguationField'].includes(name));
  const name = textOf('Name') || others.map(textOf).find((text) => text !== '') || id;
  return { type: apiName, id, name, detail: textOf('DisambiguationField') };
}
