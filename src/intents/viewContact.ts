import type { ContactRow } from '../salesforce/contactRow.ts';
import { summaryOfContact } from '../salesforce/recordSummary.ts';
import { companyNameOf } from './companyName.ts';
import type { ContactContext, ContactListContext } from './contexts.ts';
import { enrichContact } from './enrichContext.ts';
import { findAccountsByName } from './findAccounts.ts';
import { findContacts, identifiesContact, readContact } from './findContacts.ts';
import type { IntentServices, IntentSession } from './intentServices.ts';
import { malformedContext } from './intentError.ts';
import { onlyRow, type Match } from './match.ts';
import { personNameOf } from './personName.ts';
import { createRecordQuery, type RecordQuery } from './recordQuery.ts';
import { showMatch, type Showing } from './showMatch.ts';

/** Lookups of a contact list that run at the same time. */
const LOOKUPS_AT_ONCE = 5;

/** Field values for a new record; the company only when there is no doubt which account it is. */
async function suggestedContact(query: RecordQuery, context: ContactContext): Promise<Record<string, string>> {
  const name = personNameOf(context.name);
  const company = companyNameOf(context);
  const account = company === undefined ? undefined : onlyRow(await findAccountsByName(query, company));
  return {
    ...(name?.first === undefined ? {} : { FirstName: name.first }),
    ...(name === undefined ? {} : { LastName: name.last }),
    ...(context.id.email ? { Email: context.id.email } : {}),
    ...(account === undefined ? {} : { AccountId: account.Id }),
  };
}

async function showingOf(
  query: RecordQuery,
  context: ContactContext,
  match: Match<ContactRow>,
): Promise<Showing<ContactRow>> {
  return {
    type: 'Contact',
    query: context.name || context.id.email || '',
    suggested: match.rows.length === 0 ? await suggestedContact(query, context) : {},
    summary: summaryOfContact,
    read: (id) => readContact(query, id),
  };
}

/** @throws IntentError `MalformedContext` when there is nothing to find a contact by. */
export function requireIdentifiedContact(context: ContactContext): void {
  if (!identifiesContact(context))
    throw malformedContext('The contact has neither a name, nor an e-mail, nor a Salesforce id');
}

/** @throws IntentError `MalformedContext` when no contact of the list can be looked for. */
export function requireIdentifiedInList(list: ContactListContext): void {
  if (!list.contacts.some(identifiesContact))
    throw malformedContext('No contact of the list has a name, an e-mail or a Salesforce id');
}

/**
 * Shows the contact a context means.
 *
 * @returns The context, enriched from the record shown.
 * @throws IntentError see {@link showMatch}; `MalformedContext` when there is nothing to find a contact by.
 */
export async function viewContact(
  services: IntentServices,
  session: IntentSession,
  context: ContactContext,
): Promise<ContactContext> {
  requireIdentifiedContact(context);
  const query = createRecordQuery(services, session);
  const match = await findContacts(query, context);
  const row = await showMatch(services, session, match, await showingOf(query, context, match));
  return enrichContact(context, row, session.orgUrl);
}

/**
 * Shows one contact of a list: looks each of them up and lets the person choose among those Salesforce knows.
 *
 * @returns The chosen contact as `fdc3.contact`.
 */
export async function viewOneOfContacts(
  services: IntentServices,
  session: IntentSession,
  list: ContactListContext,
): Promise<ContactContext> {
  requireIdentifiedInList(list);
  const wanted = list.contacts.filter(identifiesContact);
  const first = wanted[0]!;
  if (wanted.length === 1) return viewContact(services, session, first);
  const query = createRecordQuery(services, session);
  const matches: { context: ContactContext; match: Match<ContactRow> }[] = [];
  for (let at = 0; at < wanted.length; at += LOOKUPS_AT_ONCE) {
    const some = wanted.slice(at, at + LOOKUPS_AT_ONCE);
    matches.push(
      ...(await Promise.all(some.map(async (context) => ({ context, match: await findContacts(query, context) })))),
    );
  }
  const rows = [...new Map(matches.flatMap((one) => one.match.rows).map((row) => [row.Id, row])).values()];
  // Always a choice: opening the only one known would silently drop the others of the list.
  const match = { rows, certain: false };
  const showing = await showingOf(query, first, match);
  const asked = rows.length === 0 ? showing.query : (list.name ?? `${wanted.length} contacts`);
  const row = await showMatch(services, session, match, { ...showing, query: asked });
  const given = matches.find((one) => one.match.rows.some(({ Id }) => Id === row.Id))?.context;
  return enrichContact(given, row, session.orgUrl);
}
