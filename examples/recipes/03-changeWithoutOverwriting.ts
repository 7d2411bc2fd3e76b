/**
 * # Change a field without undoing somebody else's change
 *
 * Salesforce refuses the write with status 412 when the record has changed since it was read.
 */
import { ApiRequestError, record, type SalesforceConnection } from 'salesforce-interop-client';

/** @returns what stands there now, if somebody was faster: show it, and ask which is right */
export async function changePhone(
  salesforce: SalesforceConnection,
  id: string,
  seen: { Phone: string | null; LastModifiedDate: string },
  phone: string,
): Promise<{ Phone: string | null; LastModifiedDate: string } | undefined> {
  const contact = record(salesforce, 'Contact', id);
  try {
    await contact.update({ Phone: phone }, { ifUnmodifiedSince: new Date(seen.LastModifiedDate) });
    return undefined;
  } catch (error) {
    if (!(error instanceof ApiRequestError) || error.status !== 412) throw error;
    return contact.read(['Phone', 'LastModifiedDate'], { maxAge: 0 });
  }
}
