import { recordIdFromLink } from '../salesforce/apiPaths.ts';
import { normalizeRecordId } from '../salesforce/recordId.ts';

export interface ContextIds {
  SALESFORCE_ID?: string | undefined;
  SALESFORCE?: string | undefined;
  salesforce?: string | undefined;
  salesforceId?: string | undefined;
  URI?: string | undefined;
}

/**
 * The record ids a context carries, each once: `id.SALESFORCE_ID`, `id.SALESFORCE`, `id.salesforce`,
 * `id.salesforceId`, and the one in the record link `id.URI`. One with a wrong checksum counts as none: other members
 * may still find the record.
 */
export function recordIdsInContext(ids: ContextIds): string[] {
  const candidates = [
    normalizeRecordId(ids.SALESFORCE_ID ?? ''),
    normalizeRecordId(ids.SALESFORCE ?? ''),
    normalizeRecordId(ids.salesforce ?? ''),
    normalizeRecordId(ids.salesforceId ?? ''),
    recordIdFromLink(ids.URI ?? ''),
  ];
  return [...new Set(candidates.filter((id) => id !== undefined))];
}
