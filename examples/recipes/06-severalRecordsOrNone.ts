/**
 * # Make records that belong together, all or none
 *
 * One request: the second refers to the first, before that has an id.
 */
import { composite, type SalesforceConnection } from 'salesforce-interop-client';

export async function newClient(
  salesforce: SalesforceConnection,
  { company, lastName, email }: { company: string; lastName: string; email: string },
): Promise<{ accountId: string; contactId: string }> {
  const { account, contact } = await composite(
    salesforce,
    ({ create }) => {
      const made = create('Account', { Name: company });
      return {
        account: made,
        contact: create('Contact', { LastName: lastName, Email: email, AccountId: made.ref('id') }),
      };
    },
    { allOrNone: true },
  );
  if (account.ok && contact.ok) return { accountId: account.data.id, contactId: contact.data.id };
  const refused = [account, contact].flatMap((part) => (part.ok ? [] : part.errors));
  // Of the one that was taken back Salesforce says only that the other was refused.
  const why = refused.find(({ errorCode }) => errorCode !== 'PROCESSING_HALTED') ?? refused[0];
  throw new Error(why?.message ?? 'Salesforce did not say why.');
}
