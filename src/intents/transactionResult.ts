import { lightningRecordUrl } from '../salesforce/apiPaths.ts';
import type { RecordChoice } from './intentServices.ts';

/** What came of writing, as FDC3 tells it. @see https://fdc3.finos.org/docs/context/ref/TransactionResult */
export interface TransactionResult {
  type: 'fdc3.transactionResult';
  status: 'Created' | 'Updated' | 'Failed';
  /** What was given, with the id and the link of the record. */
  context: { type: string; id: Record<string, unknown> };
  /** A sentence for a person. */
  message: string;
}

/**
 * The context that was given, with the record that it has become: `id.SALESFORCE` and `id.URI`, as the standard names
 * them for an interaction, and `id.SALESFORCE_ID`, as in this provider's own `salesforce.record`.
 */
export function withRecord<T extends { type: string; id?: object | undefined }>(
  context: T,
  { type, id }: RecordChoice,
  orgUrl: string,
): T & { id: Record<string, unknown> } {
  return {
    ...context,
    id: { ...context.id, SALESFORCE: id, SALESFORCE_ID: id, URI: lightningRecordUrl(orgUrl, type, id) },
  };
}
