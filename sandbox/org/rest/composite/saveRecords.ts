import { OrgError } from '../../database/orgError.ts';
import type { OrgDatabase, SaveError } from '../../database/orgDatabase.ts';
import { saveError } from '../errorResponse.ts';
import { transactionUnless } from './rollback.ts';

const ROLLED_BACK = 'Record rolled back because not all records were valid and the request was using AllOrNone header';

/** The outcome for one record of a collection. */
interface SaveResult {
  id?: string;
  success: boolean;
  errors: SaveError[];
  /** Upsert only. */
  created?: boolean;
}

/** A record to save; `knownId` is the id the caller gave, which a failed result keeps. */
export interface RecordToSave {
  knownId?: string | undefined;
  save: () => { id: string; created?: boolean };
}

/** Saves each record on its own; with `allOrNone` one failure undoes all (REST API guide, "sObject Collections"). */
export function saveRecords(
  database: OrgDatabase,
  records: readonly RecordToSave[],
  { allOrNone }: { allOrNone: boolean },
): SaveResult[] {
  const saveAll = (): SaveResult[] => records.map(saveOne);
  if (!allOrNone) return saveAll();
  const results = transactionUnless(database, saveAll, (all) => all.some(({ success }) => !success));
  if (results.every(({ success }) => success)) return results;
  const errors = [{ statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK', message: ROLLED_BACK, fields: [] }];
  return results.map((result, index) => (result.success ? failure(records[index]?.knownId, errors) : result));
}

function saveOne({ knownId, save }: RecordToSave): SaveResult {
  try {
    return { ...save(), success: true, errors: [] };
  } catch (error) {
    if (error instanceof OrgError) return failure(knownId, [recordError(error)]);
    throw error;
  }
}

function failure(knownId: string | undefined, errors: SaveError[]): SaveResult {
  return { ...(knownId === undefined ? {} : { id: knownId }), success: false, errors };
}

/** A missing row is a wrong path for a resource of its own, but a wrong reference inside a collection. */
function recordError(error: OrgError): SaveError {
  if (error.errorCode !== 'NOT_FOUND') return saveError(error);
  return { statusCode: 'INVALID_CROSS_REFERENCE_KEY', message: 'invalid cross reference id', fields: [] };
}
