/** A desk whose provider is configured for two orgs: an app of the second one, and the record view that it gets. */
import type { SalesforceConnection } from '../../src/client/connection.ts';
import type { BrowserContext, Frame, Page } from 'playwright-core';
import { siteOrigins } from '../../sandbox/desk/sites.ts';
import { defaultConsumerKey } from '../../sandbox/org/oauth/defaultClients.ts';
import { signInOn } from '../../sandbox/testing/signIn.ts';
import { freePorts } from '../support/desk.ts';
import { startTestOrg, type TestOrg } from '../support/org.ts';
import { until } from '../support/until.ts';
import { appFrame, callAs, openDesk, valueOf } from './deskPage.ts';
import { useDesk } from './useDesk.ts';

let emea: TestOrg;

const used = useDesk(async () => {
  const port = await freePorts(7);
  const homeUrl = `http://localhost:${port + 1}`;
  const provider = siteOrigins({ port, orgPort: port + 1 }).find(({ name }) => name === 'provider')!.origin;
  emea = await startTestOrg({ contacts: 20, allowedOrigins: [provider], redirectUris: [`${provider}/signed-in.html`] });
  const orgs = [homeUrl, emea.url].map((orgUrl) => ({ orgUrl, consumerKey: defaultConsumerKey, embedded: true }));
  return {
    port,
    // Orgs that differ by port only share their cookies: without it the browser knows one person only after a reload.
    providerOptions: { orgs, extraOrgOrigins: [homeUrl, emea.url], rememberSession: true },
    environment: { SANDBOX_CONTACTS: '20' },
  };
});
afterAll(() => emea?.stop());

let context: BrowserContext;
let page: Page;
let contacts: Frame;

beforeEach(async () => {
  context = await used.newContext();
  page = await openDesk(context, used.desk);
  await page.waitForFunction(() => !document.body.innerText.includes('Connecting …'));
  contacts = await appFrame(page, used.desk, 'contacts');
});
afterEach(() => used.close(context));

/** Contacts signs in to the second org, and creates somebody whom only that one knows. */
async function createInEmea(LastName: string): Promise<string> {
  const opened = page.waitForEvent('popup');
  const created = callAs(
    contacts,
    async ({ connect }, { orgUrl, key, name }) => {
      const salesforce = await connect(orgUrl, key);
      const { data } = await salesforce.executeApiRequest<{ id: string }>(
        '/services/data/vXX.X/sobjects/Contact',
        'POST',
        { LastName: name },
      );
      return data!.id;
    },
    { orgUrl: emea.url, key: defaultConsumerKey, name: LastName },
  );
  await signInOn(await opened);
  return valueOf(await created);
}

async function recordView(): Promise<Frame> {
  let found: Frame | undefined;
  await until(
    async () =>
      (found = page.frames().find((frame) => frame.url().startsWith(used.desk.origins['record-view']))) !== undefined,
  );
  return found!;
}

const view = (name: string) =>
  contacts.evaluate(async (searched) => {
    const { fdc3 } = window as unknown as {
      fdc3: {
        raiseIntent(
          intent: string,
          context: object,
        ): Promise<{ getResult(): Promise<{ id: { SALESFORCE: string; URI: string } }> }>;
      };
    };
    return (await (await fdc3.raiseIntent('ViewContact', { type: 'fdc3.contact', name: searched, id: {} })).getResult())
      .id;
  }, name);

describe('an app that is connected to the second org', () => {
  it("is shown that org's contact, and what happens to the session of the first org leaves the view as it is", async () => {
    const id = await createInEmea('Only In-Emea');
    expect(await view('Only In-Emea')).toMatchObject({ SALESFORCE: id, URI: expect.stringContaining(emea.url) });
    const recordPage = await recordView();
    const shown = recordPage.getByRole('heading', { name: 'Only In-Emea' });
    await shown.waitFor();
    // Listens beside the view, in its page: what this one hears, the view has heard before.
    valueOf(
      await callAs(
        recordPage,
        async ({ onStateChange }, home) => {
          onStateChange(({ state, orgUrl }) => {
            if (orgUrl === home) document.documentElement.dataset['home'] = state;
          });
        },
        used.desk.orgUrl,
      ),
    );

    const messages = await appFrame(page, used.desk, 'intent-raiser');
    const opened = page.waitForEvent('popup');
    const connected = callAs(messages, async ({ connect }) => {
      const salesforce = await connect();
      Object.assign(window, { salesforce });
      return salesforce.orgUrl;
    });
    await signInOn(await opened);
    expect(valueOf(await connected)).toBe(used.desk.orgUrl);
    await used.desk.control.revokeRefreshTokens();
    await used.desk.control.expireAccessTokens();
    // By the connection of before: who connects once somebody else has found the session ended is led to sign in.
    const limits = await callAs(
      messages,
      async () =>
        (
          await (window as unknown as { salesforce: SalesforceConnection }).salesforce.executeApiRequest(
            '/services/data/vXX.X/limits',
          )
        ).status,
    );
    expect(limits.error).toMatchObject({ code: 'SIGN_IN_REQUIRED' });
    await recordPage.waitForFunction(() => document.documentElement.dataset['home'] === 'signInRequired');
    expect(await shown.count()).toBe(1);
  });
});

describe('the platform page of a desktop with two orgs', () => {
  it('tells of each org who is signed in there and leads to signing in to it, and after a reload both are back', async () => {
    const [home, other] = [new URL(used.desk.orgUrl).host, new URL(emea.url).host];
    const bar = page.getByRole('status', { name: 'Salesforce sign-in' });
    const button = (host: string) => page.getByRole('button', { name: `Sign in to ${host}` });
    for (const host of [home, other]) await bar.getByText(`Not signed in to ${host}`).waitFor();

    for (const [host, still] of [
      [other, home],
      [home, undefined],
    ] as const) {
      const opened = page.waitForEvent('popup');
      await button(host).click();
      const window = await opened;
      await window.waitForURL((url) => url.host === host);
      await signInOn(window);
      await bar.getByText(`on ${host}`).waitFor();
      expect(await button(host).count()).toBe(0);
      if (still) await button(still).waitFor();
    }

    await page.reload();
    for (const host of [home, other]) await bar.getByText(`on ${host}`).waitFor();
    expect(await page.getByRole('button', { name: /^Sign in/u }).count()).toBe(0);
  });
});
