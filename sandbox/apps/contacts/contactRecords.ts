/** Contacts in Salesforce: search page by page, read, create, change. */
import { likeContains, queryPath, soql, soqlNames, type SalesforceConnection } from 'salesforce-interop/client';

export interface ContactRecord {
  Id: string;
  Name: string;
  FirstName: string | null;
  LastName: string;
  Title: string | null;
  Department: string | null;
  Email: string | null;
  Phone: string | null;
  AccountId: string | null;
  Account: { Name: string } | null;
  LastModifiedDate: string;
}

export interface ContactPage {
  records: ContactRecord[];
  totalSize: number;
  nextRecordsUrl?: string;
}

export const editableFields = [
  { name: 'FirstName', label: 'First name', required: false, type: 'text', autocomplete: 'off' },
  { name: 'LastName', label: 'Last name', required: true, type: 'text', autocomplete: 'off' },
  { name: 'Title', label: 'Title', required: false, type: 'text', autocomplete: 'off' },
  { name: 'Department', label: 'Department', required: false, type: 'text', autocomplete: 'off' },
  { name: 'Email', label: 'E-mail', required: false, type: 'text', autocomplete: 'off' },
  { name: 'Phone', label: 'Phone', required: false, type: 'tel', autocomplete: 'off' },
] as const;
export type ContactField = (typeof editableFields)[number]['name'];
export type ContactValues = Record<ContactField, string>;

export const contactFields = [
  'Name',
  'FirstName',
  'LastName',
  'Title',
  'Department',
  'Email',
  'Phone',
  'AccountId',
  'Account.Name',
  'LastModifiedDate',
] as const;
const fields = soqlNames(['Id', ...contactFields]);

/** Salesforce's smallest page of a query. */
const pageSize = 200;

/** First page of the contacts whose name, e-mail or company contains the words. */
export async function searchContacts(
  salesforce: SalesforceConnection,
  words: string,
  signal: AbortSignal,
): Promise<ContactPage> {
  const pattern = likeContains(words);
  const where =
    words === '' ? soql`` : soql`WHERE Name LIKE ${pattern} OR Email LIKE ${pattern} OR Account.Name LIKE ${pattern}`;
  return readPage(
    salesforce,
    queryPath(soql`SELECT ${fields} FROM Contact ${where} ORDER BY LastName, FirstName, Id`),
    signal,
  );
}

/** A further page; `path` is the `nextRecordsUrl` of the page before. */
export async function readPage(
  salesforce: SalesforceConnection,
  path: string,
  signal: AbortSignal,
): Promise<ContactPage> {
  const { data } = await salesforce.executeApiRequest<ContactPage>(
    path,
    'GET',
    undefined,
    { 'Sforce-Query-Options': `batchSize=${pageSize}` },
    true,
    { signal, timeout: 30_000 },
  );
  if (!data) throw new Error('Salesforce answered without a result.');
  return data;
}

/** Reads one contact. @throws ApiRequestError; Error when there is none with this id. */
export async function readContact(salesforce: SalesforceConnection, id: string): Promise<ContactRecord> {
  const statement = soql`SELECT ${fields} FROM Contact WHERE Id = ${id}`;
  const { data } = await salesforce.executeApiRequest<ContactPage>(
    queryPath(statement),
    'GET',
    undefined,
    undefined,
    true,
    { timeout: 30_000 },
  );
  const [found] = data?.records ?? [];
  if (!found) throw new Error('This contact no longer exists, or you may not see it.');
  return found;
}

/** Empty inputs clear their field. */
const bodyOf = (values: Partial<ContactValues>) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value.trim() === '' ? null : value.trim()]));

/** @returns the new record's id. */
export async function createContact(salesforce: SalesforceConnection, values: ContactValues): Promise<string> {
  const { data } = await salesforce.executeApiRequest<{ id: string }>(
    '/services/data/vXX.X/sobjects/Contact',
    'POST',
    bodyOf(values),
    undefined,
    true,
    { timeout: 30_000 },
  );
  if (!data) throw new Error("Salesforce did not tell the new contact's id.");
  return data.id;
}
