/**
 * What hostile or broken answers and records can do, from the org down to the apps' pages, beside what good ones do.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BrowserContext, Frame, Page } from 'playwright-core';
import { defaultConsumerKey } from '../../../sandbox/org/oauth/defaultClients.ts';
import { signIn, signInOn } from '../../../sandbox/testing/signIn.ts';
import { alex, morgan } from '../../support/orgBrowser.ts';
import { appFrame, callAs, openDesk, openSignedIn, valueOf } from '../deskPage.ts';
import { useDesk } from '../useDesk.ts';
import { identifyRaw } from './rawChannel.ts';

const used = useDesk({ environment: { SANDBOX_CONTACTS: '200' } });
let context: BrowserContext;
let page: Page;
let contacts: Frame;
/** What should never happen on any page: dialogs, and reports of a broken Content Security Policy. */
let alarms: string[];

async function open(how = openDesk): Promise<void> {
  alarms = [];
  context = await used.newContext({ viewport: { width: 1440, height: 900 } });
  context.on('dialog', (dialog) => {
    alarms.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  context.on(
    'console',
    (message) =>
      /content security policy|trusted ?(type|html|script)/i.test(message.text()) && alarms.push(message.text()),
  );
  page = await how(context, used.desk);
  contacts = await appFrame(page, used.desk, 'contacts');
}

beforeEach(() => used.desk.control.clearFaults());

const request = (endpoint: string, frame = contacts) =>
  callAs(
    frame,
    async ({ connect }, path) => {
      const { status, data } = await (await connect()).executeApiRequest(path);
      return {
        status,
        data,
        text: JSON.stringify(data),
        length: JSON.stringify(data)?.length,
        polluted: (Object.assign({}, data) as { polluted?: unknown }).polluted,
      };
    },
    endpoint,
  );

describe("an org's answers", () => {
  /** Belongs to nobody here; would take whatever is sent to it, from any origin. */
  let thief: Server;
  let stolen: unknown[];
  const thiefUrl = () => `http://localhost:${(thief.address() as AddressInfo).port}/services/data/stolen`;

  beforeAll(async () => {
    thief = createServer(({ url, method, headers }, response) => {
      stolen.push({ url, method, authorization: headers.authorization, dpop: headers['dpop'] });
      response
        .writeHead(200, {
          'Content-Type': 'application/json',
          'Access-Control-Allow-Origin': '*',
          'Access-Control-Allow-Headers': 'authorization,dpop,content-type',
          'Access-Control-Allow-Methods': '*',
        })
        .end('{"thief":true}');
    });
    await new Promise<void>((resolve) => thief.listen(0, '127.0.0.1', resolve));
    await open(openSignedIn);
  });
  beforeEach(() => {
    stolen = [];
  });
  afterAll(async () => {
    await used.close(context);
    thief.closeAllConnections();
    await new Promise((resolve) => thief.close(resolve));
  });

  it.each([301, 302, 303, 307, 308] as const)(
    'that lead elsewhere (%i) are not followed, with the token or without',
    async (status) => {
      await used.desk.control.injectFault(
        { kind: 'redirect', status, to: thiefUrl() },
        { path: '^/services/data/v66.0/limits' },
      );
      expect((await request('/services/data/v66.0/limits')).error).toMatchObject({
        code: 'NETWORK_FAILED',
        message: expect.stringContaining('led the request away'),
      });
      expect(stolen).toEqual([]);
      expect(valueOf(await request('/services/data/v66.0/limits'))).toMatchObject({ status: 200 });
    },
  );

  it('that would change prototypes change none, and their other members arrive', async () => {
    const evil =
      '{"a":1,"__proto__":{"polluted":"yes"},"constructor":{"prototype":{"polluted":"yes"}},"nested":[{"\\u005f_proto__":{"polluted":"yes"},"b":2}],"toString":"text","hasOwnProperty":1}';
    await used.desk.control.answerWith({ status: 200, body: evil, path: '^/services/data/v66.0/evil' });
    const got = valueOf(await request('/services/data/v66.0/evil'));
    expect(JSON.parse(got.text!)).toEqual({
      a: 1,
      constructor: { prototype: { polluted: 'yes' } },
      nested: [{ b: 2 }],
      toString: 'text',
      hasOwnProperty: 1,
    });
    expect(got.polluted).toBeUndefined();
    for (const frame of page.frames())
      expect([
        frame.url(),
        await frame.evaluate(() => ({}) as { polluted?: unknown }).then(({ polluted }) => polluted),
      ]).toEqual([frame.url(), undefined]);
    for (const worker of page.workers())
      expect(await worker.evaluate(() => ({ polluted: ({} as { polluted?: unknown }).polluted }))).toEqual({});
  });

  it('that are too large end in an error, and large ones arrive whole', async () => {
    const large = 3_000_000;
    await used.desk.control.injectFault({ kind: 'oversize', bytes: large }, { path: '^/services/data/v66.0/large' });
    expect(valueOf(await request('/services/data/v66.0/large'))).toMatchObject({ status: 200, length: large });
    await used.desk.control.injectFault(
      { kind: 'oversize', bytes: 64 * 1024 * 1024 + 1 },
      { path: '^/services/data/v66.0/large' },
    );
    expect((await request('/services/data/v66.0/large')).error).toMatchObject({
      code: 'NETWORK_FAILED',
      message: expect.stringContaining('larger than'),
    });
    expect(valueOf(await request('/services/data/v66.0/limits'))).toMatchObject({ status: 200 });
  });

  it.each([['malformed-json'], ['cut-short'], ['captive-portal'], ['empty']] as const)(
    'that are no answers (%s) end in an error, and the next good one is taken',
    async (kind) => {
      // As often as a read is sent.
      await used.desk.control.injectFault({ kind }, { path: '^/services/data/v66.0/limits', times: 3 });
      expect((await request('/services/data/v66.0/limits')).error).toMatchObject({
        name: 'ApiRequestError',
        isApiError: true,
      });
      await used.desk.control.clearFaults();
      expect(valueOf(await request('/services/data/v66.0/limits'))).toMatchObject({ status: 200 });
    },
  );
});

describe('an answer that the browser may keep', () => {
  const path = '/services/data/v66.0/sobjects/Private';

  beforeAll(async () => {
    // Without `callAs`: Playwright turns the HTTP cache off as soon as it routes requests.
    context = await used.newContext({ viewport: { width: 1440, height: 900 } });
    page = await context.newPage();
    await page.goto(used.desk.url);
    contacts = await appFrame(page, used.desk, 'contacts');
  });
  afterAll(() => used.close(context));

  /**
   * Connects as whoever is signed in; asks for something, so that the org shows its no-store, and then for the record.
   */
  async function read(): Promise<unknown> {
    const channel = await identifyRaw(contacts, `${used.desk.origins.provider}/ticket.html`);
    const connected = await channel.ask('getConnection', { requestId: 'connect' });
    const { sessionId } = connected.data as { sessionId: string };
    const ask = async (endpoint: string) =>
      channel.ask('execute', { requestId: crypto.randomUUID(), sessionId, endpoint });
    expect(await ask('/services/data/v66.0/limits')).toMatchObject({ ok: true });
    const { data, error } = await ask(path);
    return (data as { body: { value: unknown } } | undefined)?.body.value ?? error?.status;
  }
  const keepable = (whose: string) =>
    used.desk.control.answerWith({
      status: 200,
      body: JSON.stringify({ whose }),
      headers: { 'Cache-Control': 'private, max-age=3600' },
      path: `^${path}`,
    });

  it('is not handed to the next person at this desk who asks for the same, not even after a restart', async () => {
    await signIn(page, morgan);
    for (const text of ['first', 'second']) {
      await keepable(text);
      expect(await read()).toEqual({ whose: text });
    }
    await used.desk.control.clearFaults();
    for (const next of ['in the same provider', 'after a restart']) {
      await page.getByRole('button', { name: 'Sign out for all apps' }).click();
      await page.getByText('Not signed in to').waitFor();
      await used.desk.control.endBrowserSessions();
      if (next === 'after a restart') await page.reload();
      contacts = await appFrame(page, used.desk, 'contacts');
      await signIn(page, alex);
      expect([next, await read()]).toEqual([next, 404]);
    }
  });
});

describe('text that is script', () => {
  const script =
    '"><img src=x onerror=alert(document.domain)><svg onload=alert(1)></svg><script>alert(2)</script>{{7*7}}${7*7}';

  beforeEach(() => open());
  afterEach(async () => {
    await used.close(context);
    expect(alarms).toEqual([]);
  });

  it('in a failed sign-in stays text on the platform page and in the app', async () => {
    await used.desk.control.answerWith({
      status: 400,
      body: JSON.stringify({ error: 'invalid_client', error_description: script }),
      path: '^/services/oauth2/token',
    });
    const opened = page.waitForEvent('popup');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await signInOn(await opened);
    await page.locator('.notices .notice').waitFor();
    for (const frame of page.frames()) expect(await frame.locator('img[onerror], svg[onload]').count()).toBe(0);
  });

  it("in the hints an app gives stays text on the org's pages", async () => {
    const opened = page.waitForEvent('popup');
    await page.mouse.click(5, 5);
    const connecting = callAs(
      contacts,
      async ({ connect }, { orgUrl, key, hint }) => {
        await connect(orgUrl, key, [], { login_hint: hint, prompt: 'login' });
      },
      { orgUrl: used.desk.orgUrl, key: defaultConsumerKey, hint: script },
    );
    const popup = await opened;
    await popup.getByLabel('Username').waitFor();
    expect(await popup.locator('img[onerror], svg[onload]').count()).toBe(0);
    expect(await popup.getByLabel('Username').inputValue()).toBe(script);
    await page.getByRole('button', { name: 'Cancel' }).click();
    expect((await connecting).error).toMatchObject({ code: 'SIGN_IN_CANCELLED' });
  });

  it("in records and in the person's own name stays text in every app, in the record view and on the platform page", async () => {
    const user = {
      attributes: { type: 'User' },
      Id: '005Hn00000IA1ABIA1',
      Username: morgan.username,
      Name: `Morgan ${script}`,
    };
    await used.desk.control.answerWith({
      status: 200,
      body: JSON.stringify(user),
      path: '^/services/data/v66.0/sobjects/User/',
    });
    await signIn(page);
    await page.getByText(`Morgan ${script}`).first().waitFor();
    const evil = script.slice(0, 70);
    valueOf(
      await callAs(
        contacts,
        async ({ connect }, { name, description }) => {
          const salesforce = await connect();
          const account = await salesforce.executeApiRequest<{ id: string }>(
            '/services/data/vXX.X/sobjects/Account',
            'POST',
            { Name: `Acme ${name}`, Description: description },
          );
          await salesforce.executeApiRequest('/services/data/vXX.X/sobjects/Contact', 'POST', {
            LastName: name,
            FirstName: 'Ada',
            Title: description.slice(0, 100),
            Email: 'ada.script@example.com',
            AccountId: account.data!.id,
          });
        },
        { name: evil, description: script },
      ),
    );
    await contacts.getByRole('searchbox').fill('ada.script@example.com');
    await contacts.locator('#contacts .list-item').filter({ hasText: 'Ada' }).first().click();
    await contacts.getByText(evil).first().waitFor();
    const account360 = await appFrame(page, used.desk, 'account-360');
    await account360.getByRole('heading', { name: `Acme ${evil}` }).waitFor();
    const messages = await appFrame(page, used.desk, 'intent-raiser');
    const answered = await messages.evaluate(async (email) => {
      const { fdc3 } = window as unknown as {
        fdc3: { raiseIntent(intent: string, context: object): Promise<{ getResult(): Promise<unknown> }> };
      };
      return (await fdc3.raiseIntent('ViewContact', { type: 'fdc3.contact', id: { email } })).getResult();
    }, 'ada.script@example.com');
    expect(answered).toMatchObject({ name: `Ada ${evil}` });
    const view = (await (
      await page.waitForSelector(`iframe[src^="${used.desk.origins['record-view']}"]`)
    ).contentFrame())!;
    await view.getByRole('heading', { name: `Ada ${evil}` }).waitFor();
    for (const frame of page.frames())
      expect([frame.url(), await frame.locator('img[onerror], svg[onload]').count()]).toEqual([frame.url(), 0]);
  });

  it('would have been noticed', async () => {
    const before = alarms.length;
    const reported = (what: RegExp) => context.waitForEvent('console', (message) => what.test(message.text()));
    const [asMarkup, asAddress] = [reported(/trustedhtml/i), reported(/content security policy/i)];
    await expect(
      contacts.evaluate(() => document.body.insertAdjacentHTML('beforeend', '<img src=x onerror="alert(1)">')),
    ).rejects.toThrow('TrustedHTML');
    await contacts.evaluate(() => Object.assign(document.createElement('a'), { href: 'javascript:alert(1)' }).click());
    await Promise.all([asMarkup, asAddress]);
    expect(alarms.splice(before)).toEqual([
      expect.stringMatching(/trustedhtml/i),
      expect.stringMatching(/content security policy/i),
    ]);
  });
});
