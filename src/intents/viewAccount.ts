import type { AccountRow } from '../salesforce/accountRow.ts';
import { summaryOfAccount } from '../salesforce/recordSummary.ts';
import { companyIdsOf, companyNameOf } from './companyName.ts';
import type { ContactContext, OrganizationContext } from './contexts.ts';
import { enrichOrganization } from './enrichContext.ts';
import {
  defaultExternalIdFields,
  findAccounts,
  findAccountsOfContact,
  identifiesOrganization,
  readAccount,
  type ExternalIdFields,
} from './findAccounts.ts';
import { identifiesContact } from './findContacts.ts';
import type { IntentServices, IntentSession } from './intentServices.ts';
import { malformedContext } from './intentError.ts';
import { recordIdInContext } from './recordIdInContext.ts';
import { createRecordQuery, type RecordQuery } from './recordQuery.ts';
import { showMatch, type Showing } from './showMatch.ts';

function showingOf(query: RecordQuery, name: string | undefined): Showing<AccountRow> {
  return {
    type: 'Account',
    query: name ?? '',
    suggested: name ? { Name: name } : {},
    summary: summaryOfAccount,
    read: (id) => readAccount(query, id),
  };
}

/** @throws IntentError `MalformedContext` when there is nothing to find an account by. */
export function requireIdentifiedOrganization(context: OrganizationContext, externalIdFields: ExternalIdFields): void {
  if (identifiesOrganization(context, externalIdFields)) return;
  throw malformedContext('The organization has neither a name, nor a known identifier, nor a Salesforce id');
}

/** @throws IntentError `MalformedContext` when there is nothing to find the contact's account by. */
export function requireIdentifiedCompany(context: ContactContext): void {
  if (
    identifiesContact(context) ||
    companyNameOf(context) !== undefined ||
    recordIdInContext(companyIdsOf(context), 'Account') !== undefined
  )
    return;
  throw malformedContext('The contact has neither a name, nor an e-mail, nor a company, nor a Salesforce id');
}

/**
 * Shows the account an organization context means.
 *
 * @returns The context, enriched from the record shown.
 * @throws IntentError see `showMatch`; `MalformedContext` when there is nothing to find an account by.
 */
export async function viewAccount(
  services: IntentServices,
  session: IntentSession,
  context: OrganizationContext,
  externalIdFields: ExternalIdFields = defaultExternalIdFields,
): Promise<OrganizationContext> {
  requireIdentifiedOrganization(context, externalIdFields);
  const query = createRecordQuery(services, session);
  const match = await findAccounts(query, context, externalIdFields);
  return enrichOrganization(
    context,
    await showMatch(services, session, match, showingOf(query, context.name)),
    session.orgUrl,
  );
}

/**
 * Shows the account a contact belongs to.
 *
 * @returns An `fdc3.organization` made from the account.
 */
export async function viewAccountOfContact(
  services: IntentServices,
  session: IntentSession,
  context: ContactContext,
): Promise<OrganizationContext> {
  requireIdentifiedCompany(context);
  const company = companyNameOf(context);
  const query = createRecordQuery(services, session);
  const match = await findAccountsOfContact(query, context);
  return enrichOrganization(
    undefined,
    await showMatch(services, session, match, showingOf(query, company)),
    session.orgUrl,
  );
}
