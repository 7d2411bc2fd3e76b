import type { IdentifiersByObject } from '../matching/identifiers.ts';
import type { ContactContext, InstrumentContext, OrganizationContext } from './contexts.ts';
import { fdc3Errors, IntentError } from './intentError.ts';
import type { IntentServices, IntentSession } from './intentServices.ts';
import { listOf, type ListMapping } from './mappedLists.ts';
import { viewAccount, viewAccountOfContact } from './viewAccount.ts';
import { viewContact } from './viewContact.ts';

/**
 * FDC3's `ViewOrders` and `ViewHoldings`: the record of whom or what a context means, with the rows that the
 * configuration maps to the intent first. Found, offered and returned as by `ViewContact` and `ViewAccount`; of a
 * contact those of the account, where the mapping knows rows of accounts only.
 *
 * @see https://fdc3.finos.org/docs/2.2/intents/ref/ViewOrders
 * @see https://fdc3.finos.org/docs/2.2/intents/ref/ViewHoldings
 */
export async function viewMappedList(
  services: IntentServices,
  session: IntentSession,
  context: ContactContext | OrganizationContext | InstrumentContext,
  identifiers: IdentifiersByObject,
  mapping: ListMapping,
): Promise<ContactContext | OrganizationContext> {
  const [ofContact, ofAccount] = [listOf(mapping, 'Contact'), listOf(mapping, 'Account')];
  if (context.type === 'fdc3.contact')
    return ofContact
      ? viewContact(services, session, context, identifiers, ofContact)
      : viewAccountOfContact(services, session, context, identifiers, ofAccount);
  if (ofAccount) return viewAccount(services, session, context, identifiers, ofAccount);
  throw new IntentError(
    fdc3Errors.handlerRejected,
    'INVALID_PARAMETER',
    `${mapping.label} belong to contacts here, and to no company.`,
  );
}
