/**
 * Pins the types of `salesforce-interop/client` by compiling (`npx tsc --noEmit -p .`): what must be interchangeable
 * with `@openfin/salesforce`, what must hold beyond it, and what must not compile. Nothing here runs.
 */
import type { OpenFin } from '@openfin/core';
import type { fin as FinApi } from '@openfin/core';
import type * as peer from '@openfin/salesforce';
import type { stateEvent } from '../../src/channel/protocol.ts';
import type { FailureCode } from '../../src/outcomes/failure.ts';
import type { z } from 'zod';
import type * as client from '../../src/client/index.ts';

type Extends<A, B> = [A] extends [B] ? true : false;
/** Each may stand where the other is expected, and neither is `any` (which would make that mean nothing). */
type Interchangeable<A, B> =
  IsAny<A> extends true ? false : IsAny<B> extends true ? false : Extends<A, B> extends true ? Extends<B, A> : false;
type IsAny<T> = 0 extends 1 & T ? true : false;
declare function holds<T extends true>(): T;
declare function value<T>(): T;

type Invoice<R> = R & { Amount__c: null | number };

// Record and answer types, name by name.
type Records<T extends { [Name in keyof T]: [unknown, unknown] }> = {
  [Name in keyof T]: Interchangeable<T[Name][0], T[Name][1]>;
}[keyof T];
holds<
  Records<{
    ErrorResponse: [peer.SalesforceRestApiErrorResponse, client.SalesforceRestApiErrorResponse];
    FieldAddress: [peer.SalesforceRestApiFieldAddress, client.SalesforceRestApiFieldAddress];
    QueryResponse: [peer.SalesforceRestApiQueryResponse, client.SalesforceRestApiQueryResponse];
    QueryResult: [peer.SalesforceRestApiQueryResult, client.SalesforceRestApiQueryResult];
    QueryResultOf: [
      peer.SalesforceRestApiQueryResult<Invoice<peer.SalesforceRestApiSObject>>,
      client.SalesforceRestApiQueryResult<Invoice<client.SalesforceRestApiSObject>>,
    ];
    Response: [peer.SalesforceRestApiResponse, client.SalesforceRestApiResponse];
    ResponseOf: [peer.SalesforceRestApiResponse<string>, client.SalesforceRestApiResponse<string>];
    Result: [peer.SalesforceRestApiResult<string>, client.SalesforceRestApiResult<string>];
    SearchResponse: [peer.SalesforceRestApiSearchResponse, client.SalesforceRestApiSearchResponse];
    SearchResult: [peer.SalesforceRestApiSearchResult, client.SalesforceRestApiSearchResult];
    SObject: [peer.SalesforceRestApiSObject, client.SalesforceRestApiSObject];
    SObjectOf: [peer.SalesforceRestApiSObject<{ A__c: string }>, client.SalesforceRestApiSObject<{ A__c: string }>];
    Account: [peer.SalesforceRestApiSObjectAccount, client.SalesforceRestApiSObjectAccount];
    Attributes: [peer.SalesforceRestApiSObjectAttributes, client.SalesforceRestApiSObjectAttributes];
    BasicInfoResponse: [
      peer.SalesforceRestApiSObjectBasicInfoResponse,
      client.SalesforceRestApiSObjectBasicInfoResponse,
    ];
    BasicInfoResult: [peer.SalesforceRestApiSObjectBasicInfoResult, client.SalesforceRestApiSObjectBasicInfoResult];
    ObjectDescribe: [
      peer.SalesforceRestApiSObjectBasicInfoObjectDescribe,
      client.SalesforceRestApiSObjectBasicInfoObjectDescribe,
    ];
    ObjectDescribeUrls: [
      peer.SalesforceRestApiSObjectBasicInfoObjectDescribeUrls,
      client.SalesforceRestApiSObjectBasicInfoObjectDescribeUrls,
    ];
    Campaign: [peer.SalesforceRestApiSObjectCampaign, client.SalesforceRestApiSObjectCampaign];
    Case: [peer.SalesforceRestApiSObjectCase, client.SalesforceRestApiSObjectCase];
    Contact: [peer.SalesforceRestApiSObjectContact, client.SalesforceRestApiSObjectContact];
    CreateResponse: [peer.SalesforceRestApiSObjectCreateResponse, client.SalesforceRestApiSObjectCreateResponse];
    CreateResult: [peer.SalesforceRestApiSObjectCreateResult, client.SalesforceRestApiSObjectCreateResult];
    Event: [peer.SalesforceRestApiSObjectEvent, client.SalesforceRestApiSObjectEvent];
    Lead: [peer.SalesforceRestApiSObjectLead, client.SalesforceRestApiSObjectLead];
    Opportunity: [peer.SalesforceRestApiSObjectOpportunity, client.SalesforceRestApiSObjectOpportunity];
    Task: [peer.SalesforceRestApiSObjectTask, client.SalesforceRestApiSObjectTask];
    User: [peer.SalesforceRestApiSObjectUser, client.SalesforceRestApiSObjectUser];
    UserInfoResult: [peer.SalesforceRestApiUserInfoResult, client.SalesforceRestApiUserInfoResult];
  }>
>();

// Every value the peer exports is here too. Its `@openfin/oauth` is not published, so that the compiler takes four
// types from there for values of type `any`; ours are named in this file where they are used.
type PeerValues = Exclude<
  keyof typeof peer,
  'ApiRequestHeaders' | 'AuthFlowParams' | 'AuthWindowOptions' | 'HttpMethod'
>;
holds<Extends<PeerValues, keyof typeof client>>();
holds<Extends<'connect' | 'ParameterError', PeerValues>>();
holds<Extends<Parameters<client.SalesforceConnection['executeApiRequest']>[1], client.HttpMethod | undefined>>();
holds<Extends<Parameters<client.SalesforceConnection['executeApiRequest']>[3], client.ApiRequestHeaders | undefined>>();
holds<Extends<Parameters<typeof client.connect>[3], client.AuthFlowParams | undefined>>();
holds<Extends<Parameters<typeof client.connect>[4], client.AuthWindowOptions | undefined>>();

// Connections, and the functions that make them.
holds<Interchangeable<peer.SalesforceConnection, client.SalesforceConnection>>();
const asPeerConnect: typeof peer.connect = value<typeof client.connect>();
const asPeerGetConnection: typeof peer.getConnection = value<typeof client.getConnection>();
type Connect = (...parameters: Parameters<typeof client.connect>) => ReturnType<typeof client.connect>;
type GetConnection = (
  ...parameters: Parameters<typeof client.getConnection>
) => ReturnType<typeof client.getConnection>;
const asOurConnect: Connect = value<typeof peer.connect>();
const asOurGetConnection: GetConnection = value<typeof peer.getConnection>();
holds<Interchangeable<typeof peer.enableLogging, typeof client.enableLogging>>();
holds<Interchangeable<typeof peer.disableLogging, typeof client.disableLogging>>();
void [asPeerConnect, asPeerGetConnection, asOurConnect, asOurGetConnection];

/** Code written for the peer, compiled against ours. */
export async function migrated({
  connect,
  getConnection,
  ApiRequestError,
  AuthTokenExpiredError,
}: typeof client): Promise<string | undefined> {
  const connection: client.SalesforceConnection =
    (await getConnection('https://acme.my.salesforce.com', 'key')) ??
    (await connect('https://acme.my.salesforce.com', 'key', ['openid'], { prompt: 'login' }, { defaultHeight: 700 }));
  try {
    const response = await connection.executeApiRequest<
      client.SalesforceRestApiQueryResult<client.SalesforceRestApiSObjectContact>
    >('/services/data/vXX.X/query?q=…', 'GET');
    holds<Interchangeable<typeof response.status, number>>();
    holds<Interchangeable<typeof response.type, string | undefined>>();
    return response.data?.records[0]?.Email ?? connection.currentUser.Username;
  } catch (error) {
    if (error instanceof AuthTokenExpiredError) return undefined;
    if (error instanceof ApiRequestError) return `${error.status}: ${error.message}`;
    throw error;
  }
}

/** What goes beyond the peer. */
export async function beyond(
  { connect, getConnection, configure, onStateChange }: typeof client,
  fin: typeof FinApi,
  signal: AbortSignal,
): Promise<void> {
  configure({ fin, providerTimeout: 5000 });
  const connection = await connect();
  await connect({ signal, timeout: 5000 });
  await getConnection({ timeout: 5000 });
  await getConnection('https://acme.my.salesforce.com', 'key', undefined, { signal });
  await connect(
    'https://acme.my.salesforce.com',
    'key',
    undefined,
    undefined,
    value<Partial<OpenFin.WindowOptions>>(),
    { signal },
  );
  await connection.executeApiRequest('/x', 'GET', undefined, undefined, true, { signal: undefined });
  const stop: () => void = onStateChange(
    ({ state, userName }) => `${state satisfies 'signedIn' | 'signedOut' | 'signInRequired'} ${userName}`,
  );
  stop();
}

// Declared apart from the schema, so that no schema library reaches an app's types; kept equal here.
holds<Interchangeable<z.infer<typeof stateEvent>, client.SalesforceStateEvent>>();

/** Known codes are completed by editors, unknown ones of a newer provider are allowed for. */
export function remedy(error: client.ApiError): string {
  holds<Extends<FailureCode, typeof error.code>>();
  return error.code === 'SIGN_IN_REQUIRED' ? 'sign in' : error.code;
}

/** What is read has the type of the fields that were named. */
export async function inferred({ record, records, query, request, soql }: typeof client, id: string): Promise<void> {
  const connection = value<client.SalesforceConnection>();
  const contact = await record(connection, 'Contact', id).read(['Name', 'Email', 'Owner.Name', 'Score__c']);
  holds<Interchangeable<typeof contact.Name, client.SalesforceRestApiSObjectContact['Name']>>();
  holds<Interchangeable<typeof contact.Email, string | null>>();
  holds<Extends<unknown, typeof contact.Score__c>>();
  holds<Interchangeable<keyof typeof contact, 'attributes' | 'Id' | 'Name' | 'Email' | 'Owner' | 'Score__c'>>();
  const invoice = await record(connection, 'Invoice__c', id).read(['Amount__c']);
  holds<Interchangeable<keyof typeof invoice, 'attributes' | 'Id' | 'Amount__c'>>();
  const [first] = await records(connection, 'Opportunity').read([id], ['Amount']);
  holds<Interchangeable<NonNullable<typeof first>['Amount'], number | null>>();
  await record(connection, 'Contact', id).update({
    Email: null,
    Birthdate: new Date(),
    Score__c: 5,
    Account: { LEI__c: 'x' },
  });
  const rows = await query<{ Name: string }>(connection, soql`SELECT Name FROM Account`).toArray();
  holds<Interchangeable<typeof rows, { Name: string }[]>>();
  void rows;
  void [contact, invoice, first];
  const { data } = await request<{ a: 1 }>(connection, '/x', { method: 'POST', body: {}, timeout: 5 });
  void data;
  holds<Interchangeable<typeof data, { a: 1 } | undefined>>();
}

export async function mustNotBeAsked({ record, records, query, search, soql, sosl }: typeof client): Promise<void> {
  const connection = value<client.SalesforceConnection>();
  // @ts-expect-error -- no field of a contact
  await record(connection, 'Contact', 'id').read(['Nmae']);
  // @ts-expect-error -- no field of a contact
  await record(connection, 'Contact', 'id').update({ Nmae: 'x' });
  // @ts-expect-error -- a text field
  await record(connection, 'Contact', 'id').update({ LastName: 5 });
  // @ts-expect-error -- a record with an id is there already
  await record(connection, 'Contact', 'id').create({ LastName: 'x' });
  // @ts-expect-error -- which record
  await record(connection, 'Contact').update({ LastName: 'x' });
  // @ts-expect-error -- which records
  await records(connection, 'Contact').update([{ LastName: 'x' }]);
  // @ts-expect-error -- a query that was put together from texts
  query(connection, 'SELECT Id FROM Contact');
  // @ts-expect-error -- SOQL is no SOSL
  await search(connection, soql`SELECT Id FROM Contact`);
  // @ts-expect-error -- a phrase is for searches
  soql`SELECT Id FROM Contact WHERE Name = ${sosl`x`}`;
}

export async function mustNotCompile(
  { connect, getConnection, onStateChange, configure, queryPath, ApiError }: typeof client,
  connection: client.SalesforceConnection,
): Promise<void> {
  // @ts-expect-error -- an org needs its consumer key
  await connect('https://acme.my.salesforce.com');
  // @ts-expect-error -- scopes are a list
  await connect('https://acme.my.salesforce.com', 'key', 'openid');
  // @ts-expect-error -- the options come last, not in place of the scopes
  await connect('https://acme.my.salesforce.com', 'key', { timeout: 5 });
  // @ts-expect-error -- a timeout is a number of milliseconds
  await connect({ timeout: '5s' });
  // @ts-expect-error -- unknown options are refused
  await getConnection({ timeoutMs: 5 });
  // @ts-expect-error -- getConnection may give null
  (await getConnection()).orgUrl;
  // @ts-expect-error -- no such method in HTTP
  await connection.executeApiRequest('/x', 'FETCH');
  // @ts-expect-error -- the data of an untyped request is unknown
  (await connection.executeApiRequest('/x')).data.records;
  // @ts-expect-error -- there may be no data
  (await connection.executeApiRequest<{ Id: string }>('/x')).data.Id;
  // @ts-expect-error -- no token anywhere
  connection.accessToken;
  // @ts-expect-error -- not a state
  onStateChange(({ state }) => state === 'sleeping');
  // @ts-expect-error -- not an OpenFin runtime
  configure({ fin: {} });
  // @ts-expect-error -- codes do not change
  new ApiError().code = 'INTERNAL';
  // @ts-expect-error -- a query that was put together from texts
  queryPath(`SELECT Id FROM Contact WHERE Name = '${connection.currentUser.Name}'`);
}
