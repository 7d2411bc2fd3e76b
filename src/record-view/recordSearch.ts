import { z } from '../zod.ts';
import { accountFields, accountRow } from '../salesforce/accountRow.ts';
import { apiPaths } from '../salesforce/apiPaths.ts';
import { contactFields, contactRow } from '../salesforce/contactRow.ts';
import { summaryOfAccount, summaryOfContact, type RecordSummary } from '../salesforce/recordSummary.ts';
import { MINIMUM_SOSL_TERM_LENGTH, soslSearch } from '../salesforce/soslQuoting.ts';
import { callApi, type RecordApi } from './recordApi.ts';

interface SearchedType {
  fields: readonly string[];
  summary: z.ZodType<RecordSummary>;
}

const searchedTypes: Readonly<Record<string, SearchedType>> = {
  Contact: { fields: contactFields, summary: contactRow.transform(summaryOfContact) },
  Account: { fields: accountFields, summary: accountRow.transform(summaryOfAccount) },
};

const MOST_RESULTS = 20;

/** Whether a text is long enough to search for. */
export function isSearchable(term: string): boolean {
  return term.trim().length >= MINIMUM_SOSL_TERM_LENGTH;
}

/**
 * Searches records of one object by the words a person typed.
 *
 * @returns At most 20 summaries, in Salesforce's order of relevance.
 * @throws ApiRequestError as the client does.
 */
export async function searchRecords(
  api: RecordApi,
  type: string,
  term: string,
  signal?: AbortSignal,
): Promise<RecordSummary[]> {
  const searched = searchedTypes[type];
  if (searched === undefined || !isSearchable(term)) return [];
  const statement = soslSearch({
    term,
    matchBeginnings: true,
    returning: { [type]: searched.fields },
    limit: MOST_RESULTS,
  });
  const answer = z.looseObject({ searchRecords: z.array(searched.summary) });
  return answer.parse(await callApi(api, apiPaths.search(statement), signal === undefined ? {} : { signal }))
    .searchRecords;
}
