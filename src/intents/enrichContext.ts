import type { AccountRow } from '../salesforce/accountRow.ts';
import { lightningRecordUrl } from '../salesforce/apiPaths.ts';
import type { ContactContext, OrganizationContext, RecordContext } from './contexts.ts';
import type { PersonRow } from './findContacts.ts';
import type { AnyRow } from './readRecord.ts';

/** Leaves out members without a value, so that the context stays valid where `null` would not be. */
function withValues<T extends Record<string, unknown>>(members: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(
    Object.entries(members).filter(([, value]) => value !== undefined && value !== null && value !== ''),
  ) as { [K in keyof T]?: NonNullable<T[K]> };
}

/**
 * The contact context as Salesforce knows the person: what the caller gave, with name, e-mail, record id, record link,
 * telephone, title and company from the record.
 */
export function enrichContact(given: ContactContext | undefined, row: PersonRow, orgUrl: string): ContactContext {
  const company = row.AccountId
    ? { name: row.Account?.Name ?? undefined, id: { SALESFORCE: row.AccountId } }
    : row.Account?.Name
      ? { name: row.Account.Name }
      : undefined;
  const link = lightningRecordUrl(orgUrl, row.object, row.Id);
  return {
    ...given,
    type: 'fdc3.contact',
    name: row.Name,
    id: { ...given?.id, ...withValues({ email: row.Email }), SALESFORCE: row.Id, URI: link },
    ...withValues({ phone: row.Phone ?? row.MobilePhone, title: row.Title, company, link }),
  };
}

/** The organization context as Salesforce knows the account. */
export function enrichOrganization(
  given: OrganizationContext | undefined,
  row: AccountRow,
  orgUrl: string,
): OrganizationContext {
  const link = lightningRecordUrl(orgUrl, 'Account', row.Id);
  return {
    ...given,
    type: 'fdc3.organization',
    name: row.Name,
    id: { ...given?.id, SALESFORCE: row.Id, URI: link },
    ...withValues({ phone: row.Phone, website: row.Website, industry: row.Industry, link }),
  };
}

/** The record context as Salesforce knows the record: its name, its object, its id in full and a link to it. */
export function enrichRecord(given: RecordContext, { Id, Name, object }: AnyRow, orgUrl: string): RecordContext {
  const link = lightningRecordUrl(orgUrl, object, Id);
  return {
    ...given,
    name: Name,
    objectType: object,
    id: { ...given.id, SALESFORCE_ID: Id, SALESFORCE: Id, URI: link },
    link,
  };
}
