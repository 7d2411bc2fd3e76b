import { z } from '../zod.ts';
import type { DuplicateMatches } from '../record-edit/saveErrors.ts';
import { apiPaths, lightningRecordUrl } from '../salesforce/apiPaths.ts';
import { soql, soqlName } from '../salesforce/soqlQuoting.ts';
import { callApi, type RecordApi } from './recordApi.ts';

/** Records that a duplicate rule takes for the same, as a person is shown them. */
export interface NamedDuplicates {
  label: string;
  allowSave: boolean;
  records: { id: string; name: string; link: string }[];
}

const named = z.looseObject({ records: z.array(z.looseObject({ Id: z.string(), Name: z.string().nullish() })) });

async function readNames(api: RecordApi, { type, ids }: DuplicateMatches, signal: AbortSignal) {
  const statement = soql`SELECT Id, Name FROM ${soqlName(type)} WHERE Id IN ${ids}`;
  return named.parse(await callApi(api, apiPaths.query(statement), { signal })).records;
}

/** Reads the names of the records that duplicate rules have found. Who cannot be named is shown by id. */
export function duplicateNames(
  api: RecordApi,
  duplicates: readonly DuplicateMatches[],
  signal: AbortSignal,
): Promise<NamedDuplicates[]> {
  return Promise.all(
    duplicates.map(async (found) => {
      const { type, label, ids, allowSave } = found;
      const rows = await readNames(api, found, signal).catch(() => []);
      const records = ids.map((id) => ({
        id,
        name: rows.find(({ Id }) => Id === id)?.Name ?? id,
        link: lightningRecordUrl(api.orgUrl, type, id),
      }));
      return { label, allowSave, records };
    }),
  );
}
