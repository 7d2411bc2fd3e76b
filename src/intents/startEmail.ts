import type { OpensOn } from '../channel/protocol.ts';
import type { IdentifiersByObject } from '../matching/identifiers.ts';
import { askedPerson, isAnybody } from './asked.ts';
import type { ContactContext, ContactListContext, EmailContext } from './contexts.ts';
import { enrichContact } from './enrichContext.ts';
import { findContacts } from './findContacts.ts';
import type { IntentServices, IntentSession } from './intentServices.ts';
import { OrgLookups } from './orgLookups.ts';
import {
  queryOf,
  requireIdentifiedContact,
  requireIdentifiedInList,
  viewContact,
  viewOneOfContacts,
} from './viewContact.ts';

/** An e-mail to somebody, for whom the app has said no more than who they are. */
export const emailTo = (recipients: ContactContext | ContactListContext): EmailContext => ({
  type: 'fdc3.email',
  recipients,
});

/** @throws IntentError `MalformedContext` where nobody of whom it is for can be looked for. */
export function requireIdentifiedRecipients({ recipients }: EmailContext, identifiers: IdentifiersByObject): void {
  if (recipients.type === 'fdc3.contact') requireIdentifiedContact(recipients, identifiers);
  else requireIdentifiedInList(recipients, identifiers);
}

/**
 * FDC3's `StartEmail`, as far as a CRM answers it: finds whom an e-mail is for, and shows the record of one of them
 * with the links that begin it in the person's mail program, to all of them. The person follows a link, and logs the
 * e-mail if they want to; this provider sends nothing.
 *
 * @returns The e-mail, whose recipients are enriched as far as the org knows them.
 * @throws IntentError see {@link viewContact}
 * @see https://fdc3.finos.org/docs/2.2/intents/ref/StartEmail
 */
export async function startEmail(
  services: IntentServices,
  session: IntentSession,
  email: EmailContext,
  identifiers: IdentifiersByObject,
): Promise<EmailContext> {
  requireIdentifiedRecipients(email, identifiers);
  const { recipients } = email;
  const contacts = recipients.type === 'fdc3.contact' ? [recipients] : recipients.contacts;
  const wanted = contacts.filter((context) => isAnybody(askedPerson(context, identifiers)));
  if (wanted.length > 1) {
    const list = { ...(recipients as ContactListContext), contacts: wanted };
    return { ...email, recipients: await startEmailToAll(services, session, email, list, identifiers) };
  }
  const [only] = wanted as [ContactContext];
  const { emails } = askedPerson(only, identifiers);
  const shown = await viewContact(services, session, only, identifiers, emailOf(email, emails, []));
  return { ...email, recipients: shown };
}

type Others = Extract<OpensOn, { kind: 'email' }>['others'];

function emailOf({ subject, textBody }: EmailContext, addresses: readonly string[], others: Others): OpensOn {
  return {
    kind: 'email',
    addresses: [...addresses],
    others,
    ...(subject && { subject }),
    ...(textBody && { text: textBody }),
  };
}

/**
 * The record of the first who is known beyond doubt is shown; where nobody is, the person chooses. The others get the
 * e-mail by the address that the org has of them, or else by that of the context.
 */
async function startEmailToAll(
  services: IntentServices,
  session: IntentSession,
  email: EmailContext,
  list: ContactListContext,
  identifiers: IdentifiersByObject,
): Promise<ContactListContext> {
  const asked = list.contacts.map((context) => askedPerson(context, identifiers));
  const findings = await findContacts(new OrgLookups(services, session), asked, identifiers);
  const rows = findings.map(({ beyondDoubt }) => beyondDoubt);
  const main = rows.findIndex((row) => row !== undefined);
  const others = asked.flatMap((one, at) => {
    const address = rows[at]?.Email ?? one.emails[0];
    return at === main ? [] : [{ name: rows[at]?.Name ?? queryOf(one), ...(address && { address }) }];
  });
  if (main < 0) {
    const chosen = await viewOneOfContacts(services, session, list, identifiers, emailOf(email, [], others));
    const isChosen = (at: number): boolean =>
      findings[at]!.candidates.some(({ row }) => row.Id === chosen.id['SALESFORCE']);
    return { ...list, contacts: list.contacts.map((context, at) => (isChosen(at) ? chosen : context)) };
  }
  const opensOn = emailOf(email, asked[main]!.emails, others);
  const shown = await viewContact(services, session, list.contacts[main]!, identifiers, opensOn);
  return {
    ...list,
    contacts: list.contacts.map((context, at) => {
      const row = rows[at];
      return at === main ? shown : row ? enrichContact(context, row, session.orgUrl) : context;
    }),
  };
}
