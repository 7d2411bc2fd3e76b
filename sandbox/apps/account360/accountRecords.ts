/** An account with its related records, read in one request. */
import { likeContains, queryPath, soql, type SalesforceConnection, type SoqlText } from 'salesforce-interop/client';

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
  total: number;
  failure?: string;
}

export interface Account360 {
  account: AccountRecord;
  lists: RelatedList[];
}

interface QueryResult {
  totalSize: number;
  records: Record<string, unknown>[];
}
interface BatchAnswer {
  results: { statusCode: number; result: unknown }[];
}

const timeout = 30_000;
const money = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD', maximumFractionDigits: 0 });
const dates = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
const text = (value: unknown): string => (value === null || value === undefined ? '' : String(value));
const date = (value: unknown): string => (text(value) === '' ? '' : dates.format(new Date(text(value))));
const joined = (...parts: (string | undefined)[]): string => parts.filter(Boolean).join(' · ');

/** Accounts whose names hold the words, by name and 50 at most. @throws ApiRequestError */
export async function searchAccounts(
  salesforce: SalesforceConnection,
  words: string,
  signal: AbortSignal,
): Promise<AccountRow[]> {
  const where = words === '' ? soql`` : soql`WHERE Name LIKE ${likeContains(words)}`;
  const statement = soql`SELECT Id, Name, Industry, BillingCity, BillingCountry FROM Account ${where} ORDER BY Name LIMIT 50`;
  const { data } = await salesforce.executeApiRequest<{ records: AccountRow[] }>(
    queryPath(statement),
    'GET',
    undefined,
    undefined,
    true,
    { signal, timeout },
  );
  return data?.records ?? [];
}

/** The account a shared context means, by Salesforce id, e-mail or name; undefined if there is none. */
export async function accountOfContext(
  salesforce: SalesforceConnection,
  context: { type: string; name?: string; id?: Record<string, string> },
): Promise<string | undefined> {
  const { SALESFORCE: recordId, email } = context.id ?? {};
  const first = async (statement: SoqlText) => {
    const { data } = await salesforce.executeApiRequest<{ records: Record<string, string>[] }>(
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
    return context.name
      ? (await first(soql`SELECT Id FROM Account WHERE Name = ${context.name} LIMIT 1`))?.['Id']
      : undefined;
  }
  const where = recordId
    ? soql`Id = ${recordId}`
    : email
      ? soql`Email = ${email}`
      : context.name
        ? soql`Name = ${context.name}`
        : undefined;
  return where ? (await first(soql`SELECT AccountId FROM Contact WHERE ${where} LIMIT 1`))?.['AccountId'] : undefined;
}

let versionPath: Promise<string> | undefined;

/** The newest version of the org, as the paths in a batch have to name one. */
async function newestVersion(salesforce: SalesforceConnection): Promise<string> {
  const { data } = await salesforce.executeApiRequest<{ version: string }[]>(
    '/services/data/',
    'GET',
    undefined,
    undefined,
    true,
    { timeout },
  );
  return `v${data?.at(-1)?.version}`;
}

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
      soql`SELECT Id, Name, Title, Email, Phone FROM Contact WHERE AccountId = ${id} ORDER BY Name LIMIT 25`,
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
      soql`SELECT Id, Name, StageName, Amount, CloseDate FROM Opportunity WHERE AccountId = ${id} ORDER BY CloseDate DESC LIMIT 25`,
    row: ({ Name, StageName, Amount, CloseDate }) => ({
      title: text(Name),
      details: joined(
        text(StageName),
        typeof Amount === 'number' ? money.format(Amount) : undefined,
        `closes ${date(CloseDate)}`,
      ),
    }),
  },
  {
    title: 'Cases',
    kind: 'case',
    query: (id) =>
      soql`SELECT Id, CaseNumber, Subject, Status, Priority FROM Case WHERE AccountId = ${id} ORDER BY CreatedDate DESC LIMIT 25`,
    row: ({ CaseNumber, Subject, Status, Priority }) => ({
      title: text(Subject),
      details: joined(text(CaseNumber), text(Status), text(Priority)),
    }),
  },
  {
    title: 'Activities',
    kind: 'task',
    query: (id) =>
      soql`SELECT Id, Subject, Status, ActivityDate, Owner.Name FROM Task WHERE WhatId = ${id} ORDER BY ActivityDate DESC LIMIT 25`,
    row: ({ Subject, Status, ActivityDate, Owner }) => ({
      title: text(Subject),
      details: joined(text(Status), date(ActivityDate), text((Owner as { Name?: string } | null)?.Name)),
    }),
  },
];

const accountFields = soql`Id, Name, Industry, Type, Phone, Website, AnnualRevenue, NumberOfEmployees, Description, BillingCity, BillingCountry, Owner.Name`;

/**
 * Reads an account and its related lists with one `composite/batch` request.
 * @throws Error when the account itself cannot be read; a related list that fails says so itself.
 */
export async function readAccount360(
  salesforce: SalesforceConnection,
  id: string,
  signal: AbortSignal,
): Promise<Account360> {
  versionPath ??= newestVersion(salesforce);
  const version = await versionPath.catch((error: unknown) => {
    versionPath = undefined;
    throw error;
  });
  const queries = [
    soql`SELECT ${accountFields} FROM Account WHERE Id = ${id}`,
    ...relatedLists.map(({ query }) => query(id)),
  ];
  const batchRequests = queries.map((statement) => ({
    method: 'GET',
    url: `${version}/query?q=${encodeURIComponent(String(statement))}`,
  }));
  const { data } = await salesforce.executeApiRequest<BatchAnswer>(
    '/services/data/vXX.X/composite/batch',
    'POST',
    { batchRequests },
    undefined,
    true,
    { signal, timeout },
  );
  const [accountAnswer, ...listAnswers] = data?.results ?? [];
  const [account] = accountAnswer?.statusCode === 200 ? (accountAnswer.result as QueryResult).records : [];
  if (!account)
    throw new Error(reasonOf(accountAnswer?.result) ?? 'This account no longer exists, or you may not see it.');
  const lists = relatedLists.map(({ title, kind, row }, index): RelatedList => {
    const answer = listAnswers[index];
    if (answer?.statusCode !== 200)
      return {
        title,
        kind,
        rows: [],
        total: 0,
        failure: reasonOf(answer?.result) ?? 'Salesforce did not answer this part.',
      };
    const { records, totalSize } = answer.result as QueryResult;
    return {
      title,
      kind,
      total: totalSize,
      rows: records.map((record) => ({ id: text(record['Id']), ...row(record) })),
    };
  });
  return { account: account as unknown as AccountRecord, lists };
}

/** Salesforce's own sentence in an error body. */
function reasonOf(body: unknown): string | undefined {
  const [first] = Array.isArray(body) ? (body as { message?: string }[]) : [];
  return first?.message;
}

/** An amount in the org's currency, as people read it. */
export const formatMoney = (amount: number): string => money.format(amount);
