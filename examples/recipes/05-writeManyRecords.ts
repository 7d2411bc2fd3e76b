/**
 * # Write many records, and say which were refused
 *
 * Two hundred at a time; results are by position, and one that is refused holds up no other.
 */
import { PartlySavedError, records, type SalesforceConnection, type SaveResult } from 'salesforce-interop-client';

export interface Refused {
  row: number;
  why: string;
}

export async function importContacts(
  salesforce: SalesforceConnection,
  rows: { LastName: string; Email: string }[],
): Promise<Refused[]> {
  const results = await records(salesforce, 'Contact')
    .create(rows)
    .catch((error: unknown): readonly (SaveResult | undefined)[] => {
      // The line broke after some were written: these must not be written again.
      if (error instanceof PartlySavedError) return error.results;
      throw error;
    });
  return results.flatMap((result, row) =>
    result?.success ? [] : [{ row, why: result?.errors[0]?.message ?? 'It is not known whether it was saved.' }],
  );
}
