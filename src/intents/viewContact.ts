import type { OpensOn } from '../channel/protocol.ts';
import type { Finding } from '../matching/evidence.ts';
import type { IdentifiersByObject } from '../matching/identifiers.ts';
import type { AskedPerson } from '../matching/person.ts';
import { keyPrefixOf } from '../salesforce/recordId.ts';
import { summaryOfContact } from '../salesforce/recordSummary.ts';
import { askedPerson, isAnybody, rememberedAs } from './asked.ts';
import type { ContactContext, ContactListContext } from './contexts.ts';
import { enrichContact } from './enrichContext.ts';
import { findAccountsByName } from './findAccounts.ts';
import { findContacts, readPerson, type PersonRow } from './findContacts.ts';
import { malformedContext } from './intentError.ts';
import type { IntentServices, IntentSession } from './intentServices.ts';
import { OrgLookups } from './orgLookups.ts';
import { showMatch, type Showing } from './showMatch.ts';

/** Field values for a new record; the company only when there is no doubt which account it is. */
async function suggestedContact(
  lookups: OrgLookups,
  { name, company, emails, phones }: AskedPerson,
  identifiers: IdentifiersByObject,
): Promise<Record<string, string>> {
  const account = company && (await findAccountsByName(lookups, company.written, identifiers)).beyondDoubt;
  const [email] = emails;
  const [phone] = phones;
  return {
    ...(name && name.given !== '' && { FirstName: name.given }),
    ...(name && { LastName: name.family }),
    ...(email !== undefined && { Email: email }),
    ...(phone && { Phone: phone.international ?? phone.written[0]! }),
    ...(account && { AccountId: account.Id }),
  };
}

/** What a person is called in a search and in the title of a view. */
export const queryOf = ({ name, emails, phones }: AskedPerson): string =>
  name?.full ?? emails[0] ?? phones[0]?.international ?? phones[0]?.digits ?? '';

const nouns: Readonly<Record<string, string>> = { '003': 'contact', '00Q': 'lead' };

/** Said where a record is named by its id, which is not to be had, and nothing else is known of it. */
function missingRecord({ ids }: AskedPerson): string | undefined {
  const [id] = ids;
  if (id === undefined) return undefined;
  const noun = nouns[keyPrefixOf(id).toUpperCase()];
  return noun
    ? `The ${noun} that was asked for is not in this org, or you may not see it.`
    : 'What was asked for is no contact of this org, or you may not see it.';
}

/** @throws IntentError `MalformedContext` when there is nothing to find a contact by. */
export function requireIdentifiedContact(context: ContactContext, identifiers: IdentifiersByObject): void {
  if (!isAnybody(askedPerson(context, identifiers)))
    throw malformedContext(
      'The contact has neither a name, nor an e-mail, nor a telephone number, nor a Salesforce id',
    );
}

/** @throws IntentError `MalformedContext` when no contact of the list can be looked for. */
export function requireIdentifiedInList(list: ContactListContext, identifiers: IdentifiersByObject): void {
  if (!list.contacts.some((context) => isAnybody(askedPerson(context, identifiers))))
    throw malformedContext('No contact of the list has a name, an e-mail, a telephone number or a Salesforce id');
}

/**
 * Shows the contact a context means.
 *
 * @param opensOn what of the record is shown first
 * @returns The context, enriched from the record shown.
 * @throws IntentError see {@link showMatch}; `MalformedContext` when there is nothing to find a contact by.
 */
export async function viewContact(
  services: IntentServices,
  session: IntentSession,
  context: ContactContext,
  identifiers: IdentifiersByObject,
  opensOn?: OpensOn,
): Promise<ContactContext> {
  requireIdentifiedContact(context, identifiers);
  const asked = askedPerson(context, identifiers);
  const lookups = new OrgLookups(services, session);
  const [finding] = (await findContacts(lookups, [asked], identifiers)) as [Finding<PersonRow>];
  const row = await showMatch(services, session, finding, {
    ...(await showingOf(lookups, asked, finding, identifiers)),
    says: missingRecord(asked),
    askedFor: rememberedAs(context),
    opensOn,
  });
  return enrichContact(context, row, session.orgUrl);
}

async function showingOf(
  lookups: OrgLookups,
  asked: AskedPerson,
  { beyondDoubt }: Finding<PersonRow>,
  identifiers: IdentifiersByObject,
): Promise<Showing<PersonRow>> {
  return {
    type: 'Contact',
    query: queryOf(asked),
    suggested: beyondDoubt ? {} : await suggestedContact(lookups, asked, identifiers),
    summary: (row) => ({ ...summaryOfContact(row), type: row.object }),
    read: (id) => readPerson(lookups, id),
  };
}

/**
 * Shows one contact of a list: looks for all of them at once and lets the person choose among those Salesforce knows.
 *
 * @returns The chosen contact as `fdc3.contact`.
 */
export async function viewOneOfContacts(
  services: IntentServices,
  session: IntentSession,
  list: ContactListContext,
  identifiers: IdentifiersByObject,
  opensOn?: OpensOn,
): Promise<ContactContext> {
  requireIdentifiedInList(list, identifiers);
  const wanted = list.contacts
    .map((context) => ({ context, asked: askedPerson(context, identifiers) }))
    .filter(({ asked }) => isAnybody(asked));
  const [first] = wanted as [(typeof wanted)[number]];
  if (wanted.length === 1) return viewContact(services, session, first.context, identifiers, opensOn);
  const lookups = new OrgLookups(services, session);
  const findings = await findContacts(
    lookups,
    wanted.map(({ asked }) => asked),
    identifiers,
  );
  const all = new Map<string, Finding<PersonRow>['candidates'][number]>();
  for (const { beyondDoubt, candidates } of findings)
    for (const one of beyondDoubt ? candidates.filter(({ row }) => row === beyondDoubt) : candidates)
      if (!all.has(one.row.Id)) all.set(one.row.Id, one);
  const notFound = wanted.filter((_, at) => findings[at]!.candidates.length === 0).map(({ asked }) => queryOf(asked));
  // Always a choice: opening the only one known would silently drop the others of the list.
  const finding = {
    beyondDoubt: undefined,
    candidates: [...all.values()],
    hasMore: findings.some(({ hasMore }) => hasMore),
  };
  const showing = await showingOf(lookups, first.asked, finding, identifiers);
  const query = all.size === 0 ? showing.query : (list.name ?? `${wanted.length} contacts`);
  const says = `Salesforce knows none of these ${wanted.length} contacts.`;
  const row = await showMatch(services, session, finding, { ...showing, query, notFound, says, opensOn });
  const at = findings.findIndex(({ candidates }) => candidates.some((one) => one.row.Id === row.Id));
  return enrichContact(wanted[at]?.context, row, session.orgUrl);
}
