import type { OpensOn } from '../channel/protocol.ts';
import type { IdentifiersByObject } from '../matching/identifiers.ts';
import { askedPerson, isAnybody } from './asked.ts';
import type { ContactContext } from './contexts.ts';
import { viewContact, viewOneOfContacts } from './viewContact.ts';

/** What is shown of the person: the ways to call them, with the numbers that the context holds. */
function callOf(context: ContactContext, identifiers: IdentifiersByObject): OpensOn {
  const { phones } = askedPerson(context, identifiers);
  return { kind: 'call', numbers: phones.map(({ international, written }) => international ?? written[0]!) };
}

/**
 * FDC3's `StartCall`, as far as a CRM answers it: finds whom a context means, and shows their record with the ways to
 * call them first. The person calls by following a link, and logs the call if they want to; this provider does neither.
 *
 * @returns The context, enriched from the record shown, with its telephone number.
 * @throws IntentError see {@link viewContact}
 * @see https://fdc3.finos.org/docs/2.2/intents/ref/StartCall
 */
export const startCall: typeof viewContact = (services, session, context, identifiers) =>
  viewContact(services, session, context, identifiers, callOf(context, identifiers));

/** The same for one of a list, whom the person chooses. */
export const startCallToOneOf: typeof viewOneOfContacts = (services, session, list, identifiers) => {
  const known = list.contacts.filter((context) => isAnybody(askedPerson(context, identifiers)));
  return known.length === 1
    ? startCall(services, session, known[0]!, identifiers)
    : viewOneOfContacts(services, session, list, identifiers, { kind: 'call', numbers: [] });
};
