import type { ProfileValue } from '../channel/protocol.ts';
import type { Finding } from '../matching/evidence.ts';
import type { IdentifiersByObject } from '../matching/identifiers.ts';
import { summaryOfAccount, summaryOfContact } from '../salesforce/recordSummary.ts';
import { askedCompany, askedPerson, isAnybody, isAnyCompany } from './asked.ts';
import type { ContactContext, OrganizationContext } from './contexts.ts';
import { enrichContact, enrichOrganization } from './enrichContext.ts';
import { findAccounts, findAccountsByName, readAccounts } from './findAccounts.ts';
import { findContacts, readPerson } from './findContacts.ts';
import { fdc3Errors, IntentError, malformedContext } from './intentError.ts';
import type { IntentServices, IntentSession, RecordChoice } from './intentServices.ts';
import { OrgLookups } from './orgLookups.ts';
import { companyValues, personValues, suggestedOf } from './profileValues.ts';
import { choiceOf } from './showMatch.ts';
import { withRecord, type TransactionResult } from './transactionResult.ts';
import { queryOf } from './viewContact.ts';

/** @throws IntentError `MalformedContext` where there is nothing to find a person by, or to write of them. */
export function requireProfile(context: ContactContext | OrganizationContext, identifiers: IdentifiersByObject): void {
  const isThere =
    context.type === 'fdc3.contact'
      ? isAnybody(askedPerson(context, identifiers))
      : isAnyCompany(askedCompany(context, identifiers));
  if (!isThere) throw malformedContext('The profile has neither a name nor anything else to find its record by');
}

interface Profile<Row> {
  type: 'Contact' | 'Account';
  query: string;
  finding: Finding<Row>;
  /** What the context says, by the object of the record that it is written to. */
  values: Record<string, ProfileValue[]>;
  objectOf: (row: Row) => string;
  summary: (row: Row) => ReturnType<typeof summaryOfContact>;
  /** The context that was given, with what Salesforce knows. */
  enriched: (written: RecordChoice) => Promise<{ type: string; id?: object } | undefined>;
}

/**
 * Brings what a context says of a person or a company to Salesforce: in a new record, or in the one that is meant,
 * where the person sees field by field what is there and what would change, and decides.
 *
 * @returns `fdc3.transactionResult` with the enriched context: `Created`, `Updated` (also where Salesforce has all of
 * it already: the message says so), or `Failed` with Salesforce's own sentence.
 * @throws IntentError `UserCancelledResolution` when the person does not confirm; when the org cannot be asked;
 * `ErrorOnLaunch` when no view can be opened; `MalformedContext`.
 * @see https://fdc3.finos.org/docs/intents/ref/CreateOrUpdateProfile
 */
export async function createOrUpdateProfile(
  services: IntentServices,
  session: IntentSession,
  context: ContactContext | OrganizationContext,
  identifiers: IdentifiersByObject,
): Promise<TransactionResult> {
  requireProfile(context, identifiers);
  const lookups = new OrgLookups(services, session);
  return context.type === 'fdc3.contact'
    ? writeProfile(services, session, context, await profileOfPerson(lookups, session, context, identifiers))
    : writeProfile(services, session, context, await profileOfCompany(lookups, session, context, identifiers));
}

async function profileOfPerson(
  lookups: OrgLookups,
  { orgUrl }: IntentSession,
  context: ContactContext,
  identifiers: IdentifiersByObject,
) {
  const asked = askedPerson(context, identifiers);
  const [finding] = await findContacts(lookups, [asked], identifiers);
  const account = asked.company && (await findAccountsByName(lookups, asked.company.written, identifiers)).beyondDoubt;
  const [named] = asked.companyId === undefined ? [] : await readAccounts(lookups, [asked.companyId]);
  const profile: Profile<NonNullable<typeof finding>['candidates'][number]['row']> = {
    type: 'Contact',
    query: queryOf(asked),
    finding: finding!,
    values: personValues(context, asked, named ?? account, identifiers),
    objectOf: ({ object }) => object,
    summary: (row) => ({ ...summaryOfContact(row), type: row.object }),
    enriched: async ({ id }) => {
      const row = await readPerson(lookups, id);
      return row && enrichContact(context, row, orgUrl);
    },
  };
  return profile;
}

async function profileOfCompany(
  lookups: OrgLookups,
  { orgUrl }: IntentSession,
  context: OrganizationContext,
  identifiers: IdentifiersByObject,
) {
  const asked = askedCompany(context, identifiers);
  const finding = await findAccounts(lookups, asked, identifiers);
  const profile: Profile<(typeof finding)['candidates'][number]['row']> = {
    type: 'Account',
    query: asked.name?.written ?? '',
    finding,
    values: companyValues(context, asked),
    objectOf: () => 'Account',
    summary: summaryOfAccount,
    enriched: async ({ id }) => {
      const [row] = await readAccounts(lookups, [id]);
      return row && enrichOrganization(context, row, orgUrl);
    },
  };
  return profile;
}

async function writeProfile<Row extends { Id: string; Name: string }>(
  services: IntentServices,
  session: IntentSession,
  context: ContactContext | OrganizationContext,
  profile: Profile<Row>,
): Promise<TransactionResult> {
  const { type, query, finding, values, objectOf, summary, enriched } = profile;
  const { beyondDoubt } = finding;
  const state = beyondDoubt
    ? {
        kind: 'profile' as const,
        type: objectOf(beyondDoubt),
        id: beyondDoubt.Id,
        name: beyondDoubt.Name || query,
        values: values[objectOf(beyondDoubt)] ?? [],
      }
    : { ...choiceOf(finding, { type, query, suggested: suggestedOf(values[type]!), summary }), profile: values };
  const title = beyondDoubt?.Name || query || `New ${type.toLowerCase()}`;
  const view = await services.showRecord({ session, state, title });
  if (!view.ok)
    throw new IntentError(fdc3Errors.errorOnLaunch, view.error.code, view.error.message, view.error.correlationId);
  const written = await view.data.chosen;
  if (written === undefined) {
    const refusal = view.data.refusal?.();
    if (refusal === undefined)
      throw new IntentError(
        fdc3Errors.userCancelled,
        'REQUEST_CANCELLED',
        'Nothing was written: the person has cancelled',
      );
    return { type: 'fdc3.transactionResult', status: 'Failed', context, message: refusal };
  }
  const known = (await enriched(written)) ?? context;
  return {
    type: 'fdc3.transactionResult',
    status: written.outcome === 'created' ? 'Created' : 'Updated',
    context: withRecord(known, written, session.orgUrl),
    message: messages[written.outcome ?? 'unchanged'],
  };
}

const messages = {
  created: 'The record was created in Salesforce.',
  updated: 'The record was updated in Salesforce.',
  unchanged: 'Nothing was changed in Salesforce.',
} as const;
