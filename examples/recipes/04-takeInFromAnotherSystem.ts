/**
 * # Take in a record of another system
 *
 * By an identifier that both know: made where Salesforce does not have it, changed where it does. Sent again when its
 * answer was lost, as the same twice does no harm.
 */
import { record, type SalesforceConnection } from 'salesforce-interop-client';

export async function takeInCompany(
  salesforce: SalesforceConnection,
  company: { lei: string; name: string; website: string },
): Promise<{ id: string; created: boolean }> {
  const values = { Name: company.name, Website: company.website };
  return record(salesforce, 'Account').upsert('LEI__c', company.lei, values, { isIdempotent: true });
}
