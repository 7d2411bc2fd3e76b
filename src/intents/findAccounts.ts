import { accountFields, accountRow, type AccountRow } from '../salesforce/accountRow.ts';
import { likeStartsWith, soql, soqlName, soqlNames, type SoqlText } from '../salesforce/soqlQuoting.ts';
import { companyIdsOf, companyNameOf, isSameCompanyName, withoutLegalForm } from './companyName.ts';
import type { ContactContext, OrganizationContext } from './contexts.ts';
import { findContacts, identifiesContact } from './findContacts.ts';
import { noMatch, type Match } from './match.ts';
import { recordIdInContext } from './recordIdInContext.ts';
import { MOST_CANDIDATES, type RecordQuery, type Selection } from './recordQuery.ts';

/** For each member of a context's `id`: the fields of one object that hold the same identifier in this org. */
export type FieldsOfIds = Readonly<Record<string, readonly string[]>>;

/** By object: `Account` for the members of `fdc3.organization.id`. */
export interface ExternalIdFields {
  Account: FieldsOfIds;
}

/** Both are custom fields; in an org that lacks them no account is found by them. */
export const defaultExternalIdFields: ExternalIdFields = { Account: { LEI: ['LEI__c'], ticker: ['Ticker__c'] } };

function accountsWhere(condition: SoqlText): Selection {
  return {
    fields: accountFields,
    statement: (fields) => soql`SELECT ${soqlNames(fields)} FROM Account
    WHERE ${condition} ORDER BY Name, Id LIMIT ${MOST_CANDIDATES}`,
  };
}

/** The account with this id, if the person may see it. */
export async function readAccount(query: RecordQuery, id: string): Promise<AccountRow | undefined> {
  return (await query.select(accountsWhere(soql`Id = ${id}`), accountRow))[0];
}

/**
 * Accounts of exactly this name; if there is none, those whose names differ in legal form only; if there is none, those
 * whose names begin with it.
 */
export async function findAccountsByName(query: RecordQuery, name: string): Promise<Match<AccountRow>> {
  const similar = await query.select(
    accountsWhere(soql`Name LIKE ${likeStartsWith(withoutLegalForm(name))}`),
    accountRow,
  );
  const exact = similar.filter((row) => row.Name.toLowerCase() === name.toLowerCase());
  if (exact.length > 0) return { rows: exact, certain: true };
  const sameHouse = similar.filter((row) => isSameCompanyName(row.Name, name));
  return sameHouse.length > 0 ? { rows: sameHouse, certain: true } : { rows: similar, certain: false };
}

/**
 * Finds the account an organization context means: by Salesforce id, then the external ids in the order of
 * `externalIdFields`, then name.
 *
 * @throws IntentError when Salesforce cannot be asked.
 */
export async function findAccounts(
  query: RecordQuery,
  context: OrganizationContext,
  { Account: fieldsOfIds }: ExternalIdFields = defaultExternalIdFields,
): Promise<Match<AccountRow>> {
  const id = recordIdInContext(context.id, 'Account');
  const byId = id === undefined ? undefined : await readAccount(query, id);
  if (byId !== undefined) return { rows: [byId], certain: true };
  for (const [member, fields] of Object.entries(fieldsOfIds)) {
    const value = context.id[member];
    if (typeof value !== 'string' || value === '') continue;
    for (const field of fields) {
      const rows = await query.selectWhereVisible(accountsWhere(soql`${soqlName(field)} = ${value}`), accountRow);
      if (rows.length > 0) return { rows, certain: true };
    }
  }
  return context.name ? findAccountsByName(query, context.name) : noMatch;
}

/**
 * Finds the account of a contact: the company named by id in the context, then the account of the contact's own record,
 * then the company's name.
 */
export async function findAccountsOfContact(query: RecordQuery, context: ContactContext): Promise<Match<AccountRow>> {
  const companyId = recordIdInContext(companyIdsOf(context), 'Account');
  const named = companyId === undefined ? undefined : await readAccount(query, companyId);
  if (named !== undefined) return { rows: [named], certain: true };
  if (identifiesContact(context)) {
    const contacts = await findContacts(query, context);
    const ids = [...new Set(contacts.rows.map((row) => row.AccountId).filter((id) => typeof id === 'string'))];
    if (ids.length > 0) {
      const rows = await query.select(accountsWhere(soql`Id IN ${ids}`), accountRow);
      if (rows.length > 0) return { rows, certain: contacts.certain };
    }
  }
  const company = companyNameOf(context);
  return company === undefined ? noMatch : findAccountsByName(query, company);
}

/** Whether the context holds anything to find an account by. */
export function identifiesOrganization(
  context: OrganizationContext,
  { Account: fieldsOfIds }: ExternalIdFields,
): boolean {
  const hasExternalId = Object.keys(fieldsOfIds).some(
    (member) => typeof context.id[member] === 'string' && context.id[member] !== '',
  );
  return recordIdInContext(context.id, 'Account') !== undefined || hasExternalId || Boolean(context.name);
}
