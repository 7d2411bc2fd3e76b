import type { OpensOn } from '../channel/protocol.ts';
import { viewAccount } from './viewAccount.ts';
import { viewContact, viewOneOfContacts } from './viewContact.ts';

const activities: OpensOn = { kind: 'activities' };

/**
 * FDC3's `ViewInteractions`: the record of whom or what a context means, with its open and past tasks and events first.
 * Found, offered and returned as by `ViewContact`.
 *
 * @see https://fdc3.finos.org/docs/2.2/intents/ref/ViewInteractions
 */
export const viewInteractionsWithContact: typeof viewContact = (services, session, context, identifiers) =>
  viewContact(services, session, context, identifiers, activities);

/** The same for one of a list, whom the person chooses. */
export const viewInteractionsWithOneOf: typeof viewOneOfContacts = (services, session, list, identifiers) =>
  viewOneOfContacts(services, session, list, identifiers, activities);

/** The same for a company, found as by `ViewAccount`. */
export const viewInteractionsWithCompany: typeof viewAccount = (services, session, context, identifiers) =>
  viewAccount(services, session, context, identifiers, activities);
