/**
 * # Ask before a duplicate is made
 *
 * The org's duplicate rules refuse, with the records that they found. Where a rule allows it, the person may save it
 * nevertheless.
 */
import { duplicatesOf, record, type DuplicateMatch, type SalesforceConnection } from 'salesforce-interop-client';

/** @returns the new record's id; undefined when the person does not want it */
export async function createContact(
  salesforce: SalesforceConnection,
  values: { FirstName: string; LastName: string; Email: string },
  wantedAllTheSame: (found: DuplicateMatch[]) => Promise<boolean>,
): Promise<string | undefined> {
  try {
    return await record(salesforce, 'Contact').create(values);
  } catch (error) {
    const found = duplicatesOf(error);
    if (!found.some(({ allowSave }) => allowSave)) throw error;
    if (!(await wantedAllTheSame(found))) return undefined;
    return record(salesforce, 'Contact').create(values, { allowDuplicates: true });
  }
}
