import type { OpensOn } from '../channel/protocol.ts';
import type { Finding } from '../matching/evidence.ts';
import type { IdentifiersByObject } from '../matching/identifiers.ts';
import type { AccountRow } from '../salesforce/accountRow.ts';
import { summaryOfAccount } from '../salesforce/recordSummary.ts';
import { accountIds } from './accountLookups.ts';
import { askedCompany, askedPerson, isAnybody, isAnyCompany, rememberedAs } from './asked.ts';
import type { ContactContext, InstrumentContext, OrganizationContext } from './contexts.ts';
import { enrichOrganization } from './enrichContext.ts';
import { findAccounts, findAccountsByName, readAccounts } from './findAccounts.ts';
import { findContacts, type PersonRow } from './findContacts.ts';
import { malformedContext } from './intentError.ts';
import type { IntentServices, IntentSession } from './intentServices.ts';
import { OrgLookups } from './orgLookups.ts';
import { showMatch, type Showing } from './showMatch.ts';

function showingOf(lookups: OrgLookups, name: string | undefined): Showing<AccountRow> {
  return {
    type: 'Account',
    query: name ?? '',
    suggested: name ? { Name: name } : {},
    summary: summaryOfAccount,
    read: async (id, type) => (type === 'Account' ? (await readAccounts(lookups, [id]))[0] : undefined),
  };
}

/** @throws IntentError `MalformedContext` when there is nothing to find an account by. */
export function requireIdentifiedOrganization(
  context: OrganizationContext | InstrumentContext,
  identifiers: IdentifiersByObject,
): void {
  // An identifier that this provider keeps no field for still says what is meant: the person may search.
  if (isAnyCompany(askedCompany(context, identifiers)) || Object.values(context.id).some(isText)) return;
  throw malformedContext('The organization has neither a name, nor an identifier, nor a Salesforce id');
}

const isText = (value: unknown): boolean =>
  (typeof value === 'string' && value.trim() !== '') || typeof value === 'number';

/** @throws IntentError `MalformedContext` when there is nothing to find the contact's account by. */
export function requireIdentifiedCompany(context: ContactContext, identifiers: IdentifiersByObject): void {
  const asked = askedPerson(context, identifiers);
  if (isAnybody(asked) || asked.company !== undefined || asked.companyId !== undefined) return;
  throw malformedContext('The contact has neither a name, nor an e-mail, nor a company, nor a Salesforce id');
}

/**
 * Shows the account an organization or instrument context means.
 *
 * @param opensOn what of the record is shown first
 * @returns An `fdc3.organization`: the context, enriched from the record shown.
 * @throws IntentError see `showMatch`; `MalformedContext` when there is nothing to find an account by.
 */
export async function viewAccount(
  services: IntentServices,
  session: IntentSession,
  context: OrganizationContext | InstrumentContext,
  identifiers: IdentifiersByObject,
  opensOn?: OpensOn,
): Promise<OrganizationContext> {
  requireIdentifiedOrganization(context, identifiers);
  const asked = askedCompany(context, identifiers);
  const lookups = new OrgLookups(services, session);
  const finding = await findAccounts(lookups, asked, identifiers);
  const says =
    asked.ids.length > 0 ? 'The account that was asked for is not in this org, or you may not see it.' : undefined;
  const askedFor = rememberedAs(context);
  const row = await showMatch(services, session, finding, {
    ...showingOf(lookups, asked.name?.written),
    says,
    askedFor,
    opensOn,
  });
  const given = context.type === 'fdc3.organization' ? context : undefined;
  return enrichOrganization(given, row, session.orgUrl);
}

/**
 * Shows the account a contact belongs to: the company named by id in the context, then the account of the contact's own
 * record, then the company of that name.
 *
 * @returns An `fdc3.organization` made from the account.
 */
export async function viewAccountOfContact(
  services: IntentServices,
  session: IntentSession,
  context: ContactContext,
  identifiers: IdentifiersByObject,
  opensOn?: OpensOn,
): Promise<OrganizationContext> {
  requireIdentifiedCompany(context, identifiers);
  const lookups = new OrgLookups(services, session);
  const company = askedPerson(context, identifiers).company?.written;
  const { finding, says } = await findAccountOfContact(lookups, context, identifiers);
  const row = await showMatch(services, session, finding, {
    ...showingOf(lookups, company),
    says,
    askedFor: accountOf(rememberedAs(context)),
    opensOn,
  });
  return enrichOrganization(undefined, row, session.orgUrl);
}

/** The account of a contact is another choice than the contact. */
const accountOf = (contact: string | undefined): string | undefined => contact && `account of ${contact}`;

interface AccountOfContact {
  finding: Finding<AccountRow>;
  says?: string;
}

const nothing: Finding<AccountRow> = { beyondDoubt: undefined, candidates: [], hasMore: false };

async function findAccountOfContact(
  lookups: OrgLookups,
  context: ContactContext,
  identifiers: IdentifiersByObject,
): Promise<AccountOfContact> {
  const asked = askedPerson(context, identifiers);
  const [named] = asked.companyId === undefined ? [] : await readAccounts(lookups, accountIds([asked.companyId]));
  if (named) return { finding: { ...nothing, beyondDoubt: named } };
  const [people] = isAnybody(asked) ? await findContacts(lookups, [asked], identifiers) : [];
  const ofPeople = people && (await accountsOf(lookups, people));
  if (ofPeople) return { finding: ofPeople };
  if (asked.company) return { finding: await findAccountsByName(lookups, asked.company.written, identifiers) };
  const known = people?.beyondDoubt ?? people?.candidates[0]?.row;
  return {
    finding: nothing,
    says: known
      ? `${known.Name} belongs to no account in Salesforce, or to none that you may see.`
      : `Salesforce does not know ${asked.name?.full || asked.emails[0] || 'this contact'}, so that the account is not known either.`,
  };
}

/** The accounts of the people who may be meant. */
async function accountsOf(
  lookups: OrgLookups,
  { beyondDoubt, candidates, hasMore }: Finding<PersonRow>,
): Promise<Finding<AccountRow> | undefined> {
  const people = beyondDoubt ? candidates.filter(({ row }) => row === beyondDoubt) : candidates;
  const ids = [...new Set(people.flatMap(({ row }) => row.AccountId ?? []))];
  const rows = ids.length === 0 ? [] : await readAccounts(lookups, ids.slice(0, mostAccounts));
  if (rows.length === 0) return undefined;
  return {
    beyondDoubt: beyondDoubt && rows[0],
    hasMore,
    candidates: rows.map((row) => {
      const person = people.find(({ row: { AccountId } }) => AccountId === row.Id)!;
      const { agrees, differs, ...evidence } = person.evidence;
      const of = (texts: readonly string[]): string[] => texts.map((text) => `${person.row.Name}: ${text}`);
      return { row, evidence: { ...evidence, agrees: of(agrees), differs: of(differs) } };
    }),
  };
}

const mostAccounts = 100;
