/** An account with its related records, as they are and as they change. */
import {
  likeContains,
  queryPath,
  soql,
  subscribe,
  type LiveEvent,
  type RecordWith,
  type SalesforceConnection,
  type SoqlText,
} from 'salesforce-interop/client';
import { describeError } from '../salesforceAccess.ts';
import type { LiveView } from '../../../src/live-view/liveView.ts';

export interface AccountRow {
  Id: string;
  Name: string;
  Industry: string | null;
  BillingCity: string | null;
  BillingCountry: string | null;
}

export interface AccountRecord extends AccountRow {
  Type: string | null;
  Phone: string | null;
  Website: string | null;
  AnnualRevenue: number | null;
  NumberOfEmployees: number | null;
  Description: string | null;
  Owner: { Name: string } | null;
}

/** One related list: rows to show, or why there are none. */
export interface RelatedList {
  title: string;
  kind: 'contact' | 'opportunity' | 'case' | 'task';
  rows: { id: string; title: string; details: string; contact?: { name: string; email?: string } }[];
  /** These are the first of more. */
  hasMore: boolean;
  failure?: string;
}

export interface Account360 {
  account: AccountRecord;
  lists: RelatedList[];
}

const timeout = 30_000;
/** Without a currency: rows of the REST API say the amount only, unless the org has several currencies. */
const amounts = new Intl.NumberFormat(undefined, { maximumFractionDigits: 0 });
/** Of dates without a time, which are the same day everywhere. */
const days = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeZone: 'UTC' });
const mostAccounts = 50;
const mostRows = 25;
const text = (value: unknown): string => (value === null || value === undefined ? '' : String(value));
const date = (value: unknown): string => (text(value) === '' ? '' : days.format(new Date(text(value))));
const joined = (...parts: (string | undefined)[]): string => parts.filter(Boolean).join(' · ');

/** Accounts whose names hold the words, by name, and whether these are the first of more. @throws ApiRequestError */
export async function searchAccounts(
  salesforce: SalesforceConnection,
  words: string,
  signal: AbortSignal,
): Promise<{ accounts: AccountRow[]; hasMore: boolean }> {
  const where = words === '' ? soql`` : soql`WHERE Name LIKE ${likeContains(words)}`;
  const statement = soql`SELECT Id, Name, Industry, BillingCity, BillingCountry FROM Account ${where} ORDER BY Name LIMIT ${mostAccounts + 1}`;
  const { data } = await salesforce.executeApiRequest<{ records: AccountRow[] }>(
    queryPath(statement),
    'GET',
    undefined,
    undefined,
    true,
    { signal, timeout },
  );
  const found = data?.records ?? [];
  return { accounts: found.slice(0, mostAccounts), hasMore: found.length > mostAccounts };
}

/**
 * The account a shared context means, by Salesforce id, e-mail or name; undefined where there is none, as for a contact
 * that belongs to none.
 */
export async function accountOfContext(
  salesforce: SalesforceConnection,
  context: { type: string; name?: string; id?: Record<string, string> },
): Promise<string | undefined> {
  const { SALESFORCE: recordId, email } = context.id ?? {};
  const first = async (statement: SoqlText) => {
    const { data } = await salesforce.executeApiRequest<{ records: Record<string, string | null>[] }>(
      queryPath(statement),
      'GET',
      undefined,
      undefined,
      true,
      { timeout },
    );
    return data?.records[0];
  };
  if (context.type === 'fdc3.organization') {
    if (recordId) return recordId;
    const account = context.name && (await first(soql`SELECT Id FROM Account WHERE Name = ${context.name} LIMIT 1`));
    return (account && account['Id']) || undefined;
  }
  const where = recordId
    ? soql`Id = ${recordId}`
    : email
      ? soql`Email = ${email}`
      : context.name
        ? soql`Name = ${context.name}`
        : undefined;
  const contact = where && (await first(soql`SELECT AccountId FROM Contact WHERE ${where} LIMIT 1`));
  return contact?.['AccountId'] ?? undefined;
}

type Row = { Id: string } & Record<string, unknown>;
type AccountField = (typeof accountFields)[number];

const relatedLists: {
  title: string;
  kind: RelatedList['kind'];
  query: (id: string) => SoqlText;
  row: (record: Record<string, unknown>) => Omit<RelatedList['rows'][number], 'id'>;
}[] = [
  {
    title: 'Contacts',
    kind: 'contact',
    query: (id) =>
      soql`SELECT Id, Name, Title, Email, Phone FROM Contact WHERE AccountId = ${id} ORDER BY Name LIMIT ${mostRows + 1}`,
    row: ({ Name, Title, Email, Phone }) => ({
      title: text(Name),
      details: joined(text(Title), text(Email), text(Phone)),
      contact: { name: text(Name), ...(Email ? { email: text(Email) } : {}) },
    }),
  },
  {
    title: 'Opportunities',
    kind: 'opportunity',
    query: (id) =>
      soql`SELECT Id, Name, StageName, Amount, CloseDate FROM Opportunity WHERE AccountId = ${id} ORDER BY CloseDate DESC LIMIT ${mostRows + 1}`,
    row: ({ Name, StageName, Amount, CloseDate }) => ({
      title: text(Name),
      details: joined(
        text(StageName),
        typeof Amount === 'number' ? formatAmount(Amount) : undefined,
        `closes ${date(CloseDate)}`,
      ),
    }),
  },
  {
    title: 'Cases',
    kind: 'case',
    query: (id) =>
      soql`SELECT Id, CaseNumber, Subject, Status, Priority FROM Case WHERE AccountId = ${id} ORDER BY CreatedDate DESC LIMIT ${mostRows + 1}`,
    row: ({ CaseNumber, Subject, Status, Priority }) => ({
      title: text(Subject),
      details: joined(text(CaseNumber), text(Status), text(Priority)),
    }),
  },
  {
    title: 'Activities',
    kind: 'task',
    query: (id) =>
      soql`SELECT Id, Subject, Status, ActivityDate, Owner.Name FROM Task WHERE WhatId = ${id} ORDER BY ActivityDate DESC LIMIT ${mostRows + 1}`,
    row: ({ Subject, Status, ActivityDate, Owner }) => ({
      title: text(Subject),
      details: joined(text(Status), date(ActivityDate), text((Owner as { Name?: string } | null)?.Name)),
    }),
  },
];

const accountFields = [
  'Name',
  'Industry',
  'Type',
  'Phone',
  'Website',
  'AnnualRevenue',
  'NumberOfEmployees',
  'Description',
  'BillingCity',
  'BillingCountry',
  'Owner.Name',
] as const;

/** What {@link watchAccount360} tells. */
export interface AccountWatcher {
  /** The account and its lists as they are: when all of it has been read, and at each change. */
  shown(shown: Account360): void;
  /** Fields of the account that have changed, and ids of rows. */
  changed(keys: readonly string[]): void;
  /** It cannot be read, or not any more. */
  failed(error: unknown): void;
}

/** Reads an account and its related lists, and keeps them up to date. A related list that fails says so itself. */
export function watchAccount360(
  salesforce: SalesforceConnection,
  id: string,
  view: LiveView,
  watcher: AccountWatcher,
): void {
  let account: AccountRecord | undefined;
  const lists: (RelatedList | undefined)[] = relatedLists.map(() => undefined);
  const show = (): void => {
    if (account && lists.every((list) => list !== undefined)) watcher.shown({ account, lists });
  };
  // A text to the compiler: the fields that an org has are more than those that it knows.
  const target = { type: 'Account' as string, id, fields: accountFields };
  view.watch<LiveEvent<RecordWith<string, AccountField>>>(
    (listener) => subscribe(salesforce, target, listener),
    (event) => {
      if (event.kind === 'end') return watcher.failed(event.error);
      if (!('records' in event)) return;
      [account] = event.records as unknown as AccountRecord[];
      if (!account) return watcher.failed(new Error('This account no longer exists, or you may not see it.'));
      if (event.kind === 'updated') watcher.changed(event.changed);
      show();
    },
  );
  for (const [index, list] of relatedLists.entries()) {
    view.watch<LiveEvent<Row>>(
      (listener) => subscribe<Row>(salesforce, list.query(id), listener),
      (event) => {
        const { title, kind } = list;
        if (event.kind === 'end')
          lists[index] = { title, kind, rows: [], hasMore: false, failure: describeError(event.error) };
        else if (!('records' in event)) return;
        else {
          const rows = event.records.map((record) => ({ id: record.Id, ...list.row(record) }));
          lists[index] = { title, kind, rows: rows.slice(0, mostRows), hasMore: rows.length > mostRows };
          if (event.kind === 'created' || event.kind === 'updated') watcher.changed([event.record.Id]);
        }
        show();
      },
    );
  }
}

/** An amount as people read it. */
export const formatAmount = (amount: number): string => amounts.format(amount);
