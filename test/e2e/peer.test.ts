import { jest } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { SalesforceConnection } from '@openfin/salesforce';
import { defaultConsumerKey } from '../../sandbox/org/oauth/defaultClients.ts';
import type { ContainerRuntime } from '../../sandbox/container/containerRuntime.ts';
import {
  callPeer,
  peerOrgUrl,
  peerSignInWindow,
  signInPeer,
  startPeerDesk,
  type PeerDesk,
  type PeerSettled,
} from '../support/peerPage.ts';

jest.setTimeout(60_000);

const login = [peerOrgUrl, defaultConsumerKey] as const;

/** The package whose API our client offers, against the embedded org: what its documentation shows has to work here. */
describe('@openfin/salesforce 2.3.0, unmodified', () => {
  let desk: PeerDesk;
  let runtime: ContainerRuntime;
  let page: Page;

  beforeAll(async () => {
    desk = await startPeerDesk();
  });
  afterAll(() => desk?.stop());

  const valueOf = <R>(settled: PeerSettled<R>): R => {
    if (settled.error) throw new Error(`Expected success, got ${settled.error.name}: ${settled.error.message}`);
    return settled.value as R;
  };
  const silent = () =>
    callPeer(
      page,
      async ({ getConnection }, [orgUrl, key]) => (await getConnection(orgUrl, key))?.currentUser.Name ?? null,
      login,
    );

  /** The newest window, once it has closed. */
  const newestWindow = () =>
    runtime.until(
      'Closing the newest window',
      () => (runtime.windows().at(-1)!.closed ? runtime.windows().at(-1) : undefined),
      20_000,
    );

  /** Connects and keeps the connection in the page for {@link request}. */
  const connect = () =>
    callPeer(
      page,
      async (peer, [orgUrl, key]) => {
        const connection = await peer.connect(orgUrl, key);
        Object.assign(globalThis, { connection });
        return { user: connection.currentUser.Name, orgUrl: connection.orgUrl };
      },
      login,
    );

  type Request = [
    endpoint: string,
    method?: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    data?: unknown,
    headers?: Record<string, string>,
  ];
  const request = (...given: Request) =>
    callPeer(
      page,
      (_peer, [endpoint, method, data, headers]) => {
        const { connection } = globalThis as unknown as { connection: SalesforceConnection };
        return connection.executeApiRequest<Record<string, unknown>>(
          endpoint,
          method ?? 'GET',
          data ?? undefined,
          headers ?? undefined,
        );
      },
      given,
    );
  const get = async (endpoint: string) => valueOf(await request(endpoint)).data!;

  const expireTokens = (accessTokenOnly: boolean) =>
    callPeer(
      page,
      (_peer, only) => {
        type Internal = SalesforceConnection & { expireTokens(accessTokenOnly?: boolean): Promise<void> };
        return (globalThis as unknown as { connection: Internal }).connection.expireTokens(only);
      },
      accessTokenOnly,
    );

  async function open(): Promise<void> {
    await desk.org.startOver();
    ({ runtime, page } = await desk.open());
  }
  async function signIn(): Promise<void> {
    const connecting = connect();
    await signInPeer(runtime);
    valueOf(await connecting);
    // The package uses one window name: connecting anew while the former window closes, it loses sight of it.
    await newestWindow();
  }
  /** The org still knows the person, and may want the approval anew. */
  async function signInPeerAgain(): Promise<void> {
    const { page: approval } = await runtime.shownWindow(peerSignInWindow);
    await approval
      .getByRole('button', { name: 'Allow' })
      .click()
      .catch((error: unknown) => {
        if (!approval.isClosed()) throw error;
      });
  }

  describe('in a runtime of its own', () => {
    beforeEach(open);
    afterEach(() => runtime.close());

    it('has no connection before anybody signed in, and shows nothing to find that out', async () => {
      expect(valueOf(await silent())).toBeNull();
      expect(await newestWindow()).toMatchObject({ name: peerSignInWindow, wasShown: false });
    });

    it('signs a person in, in a window that closes at the redirect, and has a connection without a person afterwards', async () => {
      const connecting = connect();
      await signInPeer(runtime);
      expect(valueOf(await connecting)).toEqual({ user: 'Morgan Reed', orgUrl: peerOrgUrl });
      expect(await newestWindow()).toMatchObject({ name: peerSignInWindow, wasShown: true });
      expect(runtime.usage).toContainEqual(expect.objectContaining({ type: 'integration-feature' }));

      expect(valueOf(await silent())).toBe('Morgan Reed');
      expect(await newestWindow()).toMatchObject({ name: peerSignInWindow, wasShown: false });
    });

    it("refuses an org it does not know as Salesforce's, and an empty consumer key", async () => {
      const attempt = (orgUrl: string, key: string) =>
        callPeer(page, (peer, given) => peer.connect(...given).then(() => null), [orgUrl, key] as [string, string]);
      expect((await attempt('http://localhost:7071', 'key')).error).toMatchObject({
        name: 'ParameterError',
        message: 'Invalid Salesforce URL',
      });
      expect((await attempt(peerOrgUrl, ' ')).error).toMatchObject({
        name: 'ParameterError',
        message: 'Invalid consumer key',
      });
    });

    it('is told when its tokens have expired, and connects again', async () => {
      await signIn();
      valueOf(await expireTokens(false));
      expect((await request('/services/data/vXX.X/limits')).error).toMatchObject({
        name: 'AuthTokenExpiredError',
        message: 'Failed to refresh access token',
        data: { error: 'invalid_grant' },
      });
      const connecting = connect();
      await Promise.race([connecting, signInPeerAgain()]);
      expect(valueOf(await connecting)).toMatchObject({ user: 'Morgan Reed' });
      expect(valueOf(await request('/services/data/vXX.X/limits'))).toMatchObject({ status: 200 });
    });

    it('ends its connection and revokes its tokens', async () => {
      await signIn();
      const before = (await desk.org.control.approvals()).length;
      valueOf(
        await callPeer(page, () =>
          (globalThis as unknown as { connection: SalesforceConnection }).connection.disconnect(),
        ),
      );
      expect((await desk.org.control.approvals()).length).toBe(before - 1);
    });
  });

  /** None of these changes who is signed in, or a record that another looks at. */
  describe('where somebody is signed in', () => {
    beforeAll(async () => {
      await open();
      await signIn();
    });
    afterAll(() => runtime.close());

    it('lists the versions of the REST API', async () => {
      expect(await get('/services/data')).toContainEqual(
        expect.objectContaining({ version: '56.0', url: '/services/data/v56.0' }),
      );
    });

    it('reads an account and a record of a custom object by their types', async () => {
      const idOf = async (type: string) => {
        const { records } = (await get(
          `/services/data/vXX.X/query?q=${encodeURIComponent(`SELECT Id FROM ${type} LIMIT 1`)}`,
        )) as { records: [{ Id: string }] };
        return records[0].Id;
      };
      const account = await get(`/services/data/vXX.X/sobjects/Account/${await idOf('Account')}`);
      expect(account).toMatchObject({
        attributes: { type: 'Account' },
        Name: expect.any(String),
        Industry: expect.any(String),
        IsDeleted: false,
      });
      const coverage = await get(`/services/data/vXX.X/sobjects/Coverage__c/${await idOf('Coverage__c')}`);
      expect(coverage).toMatchObject({
        attributes: { type: 'Coverage__c' },
        Product__c: expect.any(String),
        Account__c: expect.stringMatching(/^001/),
      });
    });

    it('creates a contact, changes it with XML and deletes it', async () => {
      const created = valueOf(
        await request('/services/data/vXX.X/sobjects/Contact', 'POST', {
          FirstName: 'Jane',
          LastName: 'Doe',
          Email: 'jane.doe@example.com',
        }),
      );
      expect(created).toMatchObject({ status: 201, data: { success: true, errors: [] } });
      const contact = `/services/data/vXX.X/sobjects/Contact/${String(created.data!['id'])}`;
      const changed = await request(contact, 'PATCH', '<Contact><Title>Managing Director</Title></Contact>', {
        'Content-Type': 'application/xml',
      });
      expect(valueOf(changed)).toEqual({ status: 204 });
      expect(await get(contact)).toMatchObject({ FirstName: 'Jane', Title: 'Managing Director' });
      expect(valueOf(await request(contact, 'DELETE'))).toEqual({ status: 204 });
      expect((await request(contact)).error).toMatchObject({ status: 404 });
    });

    it('finds accounts and contacts in one search and tells them apart by their fields', async () => {
      const { data } = valueOf(
        await request('/services/data/vXX.X/parameterizedSearch', 'POST', {
          q: 'Dickenson plc',
          in: 'ALL',
          sobjects: [
            { name: 'Account', fields: ['Id', 'Name', 'AccountNumber', 'Phone'] },
            { name: 'Contact', fields: ['Id', 'Name', 'Email', 'Title'] },
          ],
        }),
      );
      const { searchRecords } = data as { searchRecords: Record<string, unknown>[] };
      const accounts = searchRecords.filter((record) => 'AccountNumber' in record);
      const contacts = searchRecords.filter((record) => 'Email' in record);
      expect(accounts).toMatchObject([{ Name: 'Dickenson plc', attributes: { type: 'Account' } }]);
      expect(contacts).toContainEqual(expect.objectContaining({ Name: 'Andy Young' }));
      expect(accounts.length + contacts.length).toBe(searchRecords.length);
    });

    it('queries a contact by name', async () => {
      const soql = "SELECT Id, Name, Email FROM Contact WHERE Name = 'Tim Barr'";
      expect(await get(`/services/data/vXX.X/query?q=${encodeURIComponent(soql)}`)).toMatchObject({
        totalSize: 1,
        done: true,
        records: [{ Name: 'Tim Barr', Email: 'barr_tim@grandhotels.com', attributes: { type: 'Contact' } }],
      });
    });

    it("gets Salesforce's own words, body and status with a failed request", async () => {
      const { error } = await request('/services/data/vXX.X/query?q=SELECT+Id+FROM+Nothing__c');
      expect(error).toMatchObject({ name: 'ApiRequestError', status: 400, data: [{ errorCode: 'INVALID_TYPE' }] });
      expect(error!.message).toBe((error!.data as [{ message: string }])[0].message);
    });

    it('goes on with a new access token after the old one expired', async () => {
      valueOf(await expireTokens(true));
      expect(valueOf(await request('/services/data/vXX.X/limits'))).toMatchObject({ status: 200 });
    });
  });
});
