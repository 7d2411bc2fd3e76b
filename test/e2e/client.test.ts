import type { Frame, Page } from 'playwright-core';
import { defaultConsumerKey } from '../../sandbox/org/oauth/defaultClients.ts';
import { signIn, signInOn } from '../../sandbox/testing/signIn.ts';
import { appFrame, callAs, openDesk, openSignedIn, valueOf } from './deskPage.ts';
import { useDesk } from './useDesk.ts';

describe("the vendor's documented examples, with our client on the real desk", () => {
  const used = useDesk();
  let page: Page;
  let app: Frame;

  async function open(how = openDesk): Promise<void> {
    page = await how(await used.newContext({ viewport: { width: 1440, height: 900 } }), used.desk);
    app = await appFrame(page, used.desk, 'contacts');
  }
  const close = () => used.close(page.context());

  describe('on a desk of its own', () => {
    beforeEach(() => open());
    afterEach(close);

    it('getConnection is null before anybody signed in, and a connection afterwards', async () => {
      const get = () =>
        callAs(
          app,
          async ({ getConnection }, { orgUrl, key }) =>
            (await getConnection(orgUrl, key))?.currentUser.Username ?? null,
          { orgUrl: used.desk.orgUrl, key: defaultConsumerKey },
        );
      expect(valueOf(await get())).toBeNull();
      await signIn(page);
      expect(valueOf(await get())).toBe('morgan.reed@northbridge.example');
    });

    it('throws AuthTokenExpiredError when the tokens have expired, and connects again', async () => {
      await signIn(page);
      const { error } = await callAs(app, async ({ connect }) => {
        const connection = await connect();
        await (connection as unknown as { expireTokens(): Promise<void> }).expireTokens();
        await connection.executeApiRequest('/services/data/vXX.X/limits');
      });
      expect(error).toMatchObject({ name: 'AuthTokenExpiredError', isApiError: true });
      const opened = page.waitForEvent('popup');
      await page.mouse.click(5, 5);
      const again = callAs(
        app,
        async ({ connect }) => (await (await connect()).executeApiRequest('/services/data/vXX.X/limits')).status,
      );
      await signInOn(await opened);
      expect(valueOf(await again)).toBe(200);
    });

    it('lets no secret out of the worker, from the sign-in to the sign-out', async () => {
      const { desk, watch } = used;
      await signIn(page);
      expect(
        valueOf(
          await callAs(
            app,
            async ({ connect }) => (await (await connect()).executeApiRequest('/services/data/vXX.X/limits')).status,
          ),
        ),
      ).toBe(200);
      await page.getByRole('button', { name: /Sign out/ }).click();
      await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
      await watch.inspect(page.context());
      watch.see('server log', await desk.log());
      const secrets = await desk.control.secrets();
      expect(new Set(secrets.map(({ kind }) => kind)).size).toBeGreaterThanOrEqual(4);
      const everywhere = [
        'Worker message',
        'Worker sent',
        'SharedWorker message',
        'BroadcastChannel ',
        'MessagePort message',
        'MessagePort sent',
        'window message',
        'console',
        'cookies',
        'page ',
        'storage of ',
        'request to ',
        'navigation to ',
        'server log',
      ];
      expect(everywhere.filter((kind) => !watch.sightings.some(({ where }) => where.startsWith(kind)))).toEqual([]);
      expect(watch.leaks(secrets)).toEqual([]);
    });
  });

  /** None of these changes who is signed in, or a record that another looks at. */
  describe('where somebody is signed in', () => {
    beforeAll(async () => {
      await open(openSignedIn);
    });
    afterAll(close);

    it("offers its logging at the console, where the vendor's package does", async () => {
      const lines = valueOf(
        await callAs(app, async ({ connect }) => {
          const written: string[] = [];
          const { info } = console;
          console.info = (...parts: unknown[]) => void written.push(parts.join(' '));
          const { Salesforce } = (
            globalThis as unknown as {
              fin: { Integrations: Record<string, { enableLogging(): void; disableLogging(): void }> };
            }
          ).fin.Integrations;
          try {
            Salesforce!.enableLogging();
            await connect();
          } finally {
            Salesforce!.disableLogging();
            console.info = info;
          }
          return written;
        }),
      );
      expect(lines.at(-1)).toMatch(/^\[salesforce-interop\] connect \w+ succeeded$/);
    });

    it('lists the versions', async () => {
      const versions = valueOf(
        await callAs(app, async ({ connect }) => {
          const connection = await connect();
          return (
            await connection.executeApiRequest<{ label: string; url: string; version: string }[]>('/services/data')
          ).data;
        }),
      )!;
      expect(versions).toContainEqual({ label: expect.any(String), url: '/services/data/v56.0', version: '56.0' });
    });

    it('reads a typed Account and a custom object type', async () => {
      const { account, coverage } = valueOf(
        await callAs(app, async ({ connect }) => {
          const connection = await connect();
          type Account = import('../../src/client/index.ts').SalesforceRestApiSObjectAccount;
          type Query<T extends import('../../src/client/index.ts').SalesforceRestApiSObject> =
            import('../../src/client/index.ts').SalesforceRestApiQueryResult<T>;
          const found = await connection.executeApiRequest<Query<Account>>(
            "/services/data/vXX.X/query?q=SELECT+Id+FROM+Account+WHERE+Name='Dickenson+plc'",
          );
          const id = found.data!.records[0]!.Id;
          const account = (await connection.executeApiRequest<Account>(`/services/data/vXX.X/sobjects/Account/${id}`))
            .data!;
          const coverages = await connection.executeApiRequest<Query<Account & { Product__c: string }>>(
            '/services/data/vXX.X/query?q=SELECT+Id,Product__c+FROM+Coverage__c+LIMIT+1',
          );
          return { account, coverage: coverages.data!.records[0]! };
        }),
      );
      expect(account).toMatchObject({ attributes: { type: 'Account' }, Name: 'Dickenson plc', IsDeleted: false });
      expect(coverage).toMatchObject({ attributes: { type: 'Coverage__c' }, Product__c: expect.any(String) });
    });

    it('creates a Contact, patches it with XML, and deletes it', async () => {
      const steps = valueOf(
        await callAs(app, async ({ connect }) => {
          const connection = await connect();
          const created = await connection.executeApiRequest<{ id: string; success: boolean }>(
            '/services/data/vXX.X/sobjects/Contact',
            'POST',
            { FirstName: 'John', LastName: 'Doe', Title: 'Test User' },
          );
          const path = `/services/data/vXX.X/sobjects/Contact/${created.data!.id}`;
          const xml = '<?xml version="1.0" encoding="utf-8"?><Contact><Title>Patched</Title></Contact>';
          const patched = await connection.executeApiRequest(path, 'PATCH', xml, { 'Content-Type': 'application/xml' });
          const title = (await connection.executeApiRequest<{ Title: string }>(path)).data!.Title;
          const deleted = await connection.executeApiRequest(path, 'DELETE');
          return { created, patched, title, deleted };
        }),
      );
      expect(steps).toMatchObject({
        created: { status: 201, data: { success: true } },
        patched: { status: 204 },
        title: 'Patched',
        deleted: { status: 204 },
      });
    });

    it('finds "Dickenson plc" by parameterizedSearch and tells Account and Contact apart by their fields', async () => {
      const kinds = valueOf(
        await callAs(app, async ({ connect }) => {
          const connection = await connect();
          const search = {
            q: 'Dickenson plc',
            fields: ['id', 'name'],
            sobjects: [
              { name: 'Account', fields: ['Id', 'Name', 'Industry'] },
              { name: 'Contact', fields: ['Id', 'Name', 'Title'] },
            ],
            in: 'ALL',
            overallLimit: 20,
            defaultLimit: 10,
          };
          const found = await connection.executeApiRequest<{ searchRecords: object[] }>(
            '/services/data/vXX.X/parameterizedSearch',
            'POST',
            search,
          );
          return found.data!.searchRecords.map((record) =>
            'Industry' in record ? 'Account' : 'Title' in record ? 'Contact' : 'other',
          );
        }),
      );
      expect(kinds).toContain('Account');
      expect(kinds).not.toContain('other');
    });

    it('finds Tim Barr by SOQL, his record whole', async () => {
      const contact = valueOf(
        await callAs(app, async ({ connect }) => {
          const connection = await connect();
          const query = encodeURIComponent("SELECT Id, Name, Email, Account.Name FROM Contact WHERE Name = 'Tim Barr'");
          return (await connection.executeApiRequest<{ records: object[] }>(`/services/data/vXX.X/query/?q=${query}`))
            .data!.records[0];
        }),
      );
      expect(contact).toMatchObject({ Name: 'Tim Barr', Account: { Name: expect.stringContaining('Grand Hotels') } });
    });

    it('throws ApiRequestError with data, message and status', async () => {
      const { error } = await callAs(app, async ({ connect }) =>
        (await connect()).executeApiRequest('/services/data/vXX.X/query?q=SELECT+Nonsense+FROM+Account'),
      );
      expect(error).toMatchObject({
        name: 'ApiRequestError',
        code: 'REQUEST_FAILED',
        status: 400,
        isApiError: true,
        message: expect.stringContaining("No such column 'Nonsense'"),
        data: [{ errorCode: 'INVALID_FIELD' }],
      });
    });

    it('cancels a request on demand, and refuses wrong arguments before asking anybody', async () => {
      await used.desk.control.setLatency(3_000);
      const cancelled = await callAs(app, async ({ connect }) => {
        const connection = await connect();
        const controller = new AbortController();
        const request = connection.executeApiRequest('/services/data/vXX.X/limits', 'GET', undefined, undefined, true, {
          signal: controller.signal,
        });
        controller.abort();
        await request;
      });
      await used.desk.control.clearFaults();
      expect(cancelled.error).toMatchObject({ name: 'AbortError' });
      expect((await callAs(app, ({ connect }) => connect('nonsense', 'key'))).error).toMatchObject({
        name: 'ParameterError',
        message: 'Invalid Salesforce URL',
      });
      expect((await callAs(app, ({ connect }) => connect('https://evilsalesforce.com', 'key'))).error).toMatchObject({
        name: 'ParameterError',
      });
    });

    it('brings bytes and forms through unchanged', async () => {
      const echoed = valueOf(
        await callAs(app, async ({ connect }) => {
          const connection = await connect();
          const bytes = Uint8Array.from({ length: 300_000 }, (_, index) => index % 251);
          const batch = new Blob([JSON.stringify({ batchRequests: [{ method: 'GET', url: 'v66.0/limits' }] })], {
            type: 'application/json',
          });
          const answer = await connection.executeApiRequest<{ hasErrors: boolean }>(
            '/services/data/v66.0/composite/batch',
            'POST',
            batch,
          );
          const refused = await connection
            .executeApiRequest('/services/data/v66.0/composite/batch', 'POST', bytes, {
              'Content-Type': 'application/octet-stream',
            })
            .catch(({ status }: { status: number }) => status);
          return { hasErrors: answer.data!.hasErrors, refused };
        }),
      );
      expect(echoed).toEqual({ hasErrors: false, refused: 415 });
    });
  });
});
