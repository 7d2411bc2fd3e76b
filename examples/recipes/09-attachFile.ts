/**
 * # Attach a file, and read it again
 *
 * The bytes arrive as they were sent. A big file wants a timeout that suits it, and a way to give up.
 */
import { downloadFile, uploadFile, type SalesforceConnection } from 'salesforce-interop-client';

export async function attach(
  salesforce: SalesforceConnection,
  recordId: string,
  file: { name: string; content: Blob },
  signal: AbortSignal,
): Promise<string> {
  const { documentId } = await uploadFile(salesforce, { ...file, linkTo: recordId }, { signal, timeout: 120_000 });
  return documentId;
}

export async function readAgain(salesforce: SalesforceConnection, documentId: string): Promise<Blob> {
  return new Blob([await downloadFile(salesforce, documentId, { timeout: 120_000 })]);
}
