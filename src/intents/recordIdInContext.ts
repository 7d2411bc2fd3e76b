import { recordIdFromLink } from '../salesforce/apiPaths.ts';
import { keyPrefixOf, normalizeRecordId } from '../salesforce/recordId.ts';

export interface ContextIds {
  SALESFORCE?: string | undefined;
  salesforce?: string | undefined;
  salesforceId?: string | undefined;
  URI?: string | undefined;
}

/** Key prefixes of the objects the intents show. */
export const keyPrefixes = { Contact: '003', Account: '001' } as const;

/**
 * The record id a context carries: `id.SALESFORCE`, else `id.salesforce`, else `id.salesforceId`, else the one in the
 * record link `id.URI`.
 * An id with a wrong checksum, or of another object, counts as none: other members may still find the record.
 */
export function recordIdInContext(ids: ContextIds, type: keyof typeof keyPrefixes): string | undefined {
  const candidates = [
    normalizeRecordId(ids.SALESFORCE ?? ''),
    normalizeRecordId(ids.salesforce ?? ''),
    normalizeRecordId(ids.salesforceId ?? ''),
    recordIdFromLink(ids.URI ?? ''),
  ];
  return candidates.find((id) => id !== undefined && keyPrefixOf(id) === keyPrefixes[type]);
}
