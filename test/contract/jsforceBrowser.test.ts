import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { openOrigin, type Origin } from '../e2e/servePages.ts';
import { launchHeadlessShell } from '../support/chromium.ts';
import { startTestOrg, type TestOrg } from '../support/org.ts';
import { obtainTokens } from '../support/orgBrowser.ts';

type JsforceConnection = InstanceType<typeof import('jsforce').Connection>;

describe("jsforce's browser build, on a page of a listed origin", () => {
  let org: TestOrg;
  let browser: Browser;
  let listed: Origin;
  let page: Page;

  const pageOf = async (origin: Origin): Promise<Page> => {
    origin.files.set('/', {
      type: 'text/html',
      body: '<!doctype html><title>jsforce</title><script src="/jsforce.js"></script>',
    });
    origin.files.set('/jsforce.js', {
      type: 'text/javascript',
      body: readFileSync(createRequire(import.meta.url).resolve('jsforce/dist/jsforce.min.js')),
    });
    const opened = await browser.newPage();
    await opened.goto(`${origin.url}/`);
    const { access_token: accessToken } = await obtainTokens(org.url);
    await opened.evaluate(
      ({ instanceUrl, accessToken }) => {
        const { jsforce } = window as unknown as { jsforce: typeof import('jsforce') };
        Object.assign(window, {
          conn: new jsforce.Connection({ instanceUrl, accessToken: accessToken!, version: '66.0' }),
        });
      },
      { instanceUrl: org.url, accessToken },
    );
    return opened;
  };
  const run = <T>(work: (conn: JsforceConnection) => Promise<T>, on = page): Promise<T> =>
    on.evaluate(`(${work.toString()})(window.conn)`);

  beforeAll(async () => {
    listed = await openOrigin();
    [org, browser] = await Promise.all([
      startTestOrg({ contacts: 50, allowedOrigins: [listed.url] }),
      launchHeadlessShell(),
    ]);
    page = await pageOf(listed);
  });
  afterAll(async () => {
    await browser.close();
    await listed.close();
    await org.stop();
  });

  it('creates, reads, updates, upserts and deletes a record', async () => {
    const steps = await run(async (conn) => {
      const created = await conn.sobject('Account').create({ Name: 'Browser Bank', LEI__c: '529900T8BM49AURSDO55' });
      const upserted = await conn
        .sobject('Account')
        .upsert({ LEI__c: '529900T8BM49AURSDO55', Phone: '+44 20 7946 0000' }, 'LEI__c');
      await conn.sobject('Account').update({ Id: created.id!, Industry: 'Banking' });
      const read = await conn.sobject('Account').retrieve(created.id!);
      const deleted = await conn.sobject('Account').destroy(created.id!);
      return { created, upserted, read, deleted };
    });
    expect(steps).toMatchObject({
      created: { success: true },
      upserted: { success: true, created: false },
      read: { Name: 'Browser Bank', Industry: 'Banking', Phone: '+44 20 7946 0000' },
      deleted: { success: true },
    });
  });

  it('queries, pages, searches, describes and reads the limits it is told in a header', async () => {
    const seen = await run(async (conn) => {
      const found = await conn.query("SELECT Id, Name, Account.Name FROM Contact WHERE Name = 'Tim Barr'");
      const search = await conn.search('FIND {Dickenson} IN NAME FIELDS RETURNING Account(Id, Name)');
      const described = await conn.describe('Contact');
      return {
        tim: found.records[0],
        search: search.searchRecords.length,
        name: described.name,
        fields: described.fields.length,
        usage: conn.limitInfo.apiUsage,
      };
    });
    expect(seen).toMatchObject({
      tim: { Name: 'Tim Barr', Account: { Name: 'Grand Hotels & Resorts Ltd' } },
      search: 1,
      name: 'Contact',
    });
    expect(seen.fields).toBeGreaterThan(40);
    expect(seen.usage).toMatchObject({ limit: expect.any(Number), used: expect.any(Number) });
  });

  it("gets Salesforce's own error", async () => {
    const error = await run((conn) =>
      conn.query('SELECT Nonsense FROM Account').then(
        () => undefined,
        ({ name, message }: Error) => ({ name, message }),
      ),
    );
    expect(error).toMatchObject({
      name: 'INVALID_FIELD',
      message: expect.stringContaining("No such column 'Nonsense'"),
    });
  });

  it('gets nothing at all from an origin that is not listed', async () => {
    const stranger = await openOrigin();
    try {
      const other = await pageOf(stranger);
      // jsforce never settles on a refused preflight, so its own request is made by hand.
      const error = await run(
        (conn) =>
          fetch(`${conn.instanceUrl}/services/data/v66.0/limits`, {
            headers: { authorization: `Bearer ${conn.accessToken}` },
          }).then(
            () => 'answered',
            ({ message }: Error) => message,
          ),
        other,
      );
      expect(error).toBe('Failed to fetch');
    } finally {
      await stranger.close();
    }
  });
});
