import type { Browser, BrowserContext, Page } from 'playwright-core';
import { defaultConsumerKey, salesforceSuccessUri } from '../../sandbox/org/oauth/defaultClients.ts';
import { openOrigin } from '../e2e/servePages.ts';
import { launchHeadlessShell } from '../support/chromium.ts';
import { startTestOrg, type TestOrg } from '../support/org.ts';
import { alex, authorizeUrl, newPkce } from '../support/orgBrowser.ts';

const orgUrl = 'https://northbridge.my.salesforce.com';
/** Another host name of the same server stands in for the origin of an app. */
const listedOrigin = 'https://test.salesforce.com';

describe("a real browser at the org's My Domain name", () => {
  let org: TestOrg;
  let browser: Browser;
  let context: BrowserContext;

  beforeAll(async () => {
    org = await startTestOrg({ contacts: 50, https: true, allowedOrigins: [listedOrigin] });
    const toOrg = `--host-resolver-rules=MAP *.salesforce.com 127.0.0.1:${org.httpsPort}`;
    browser = await launchHeadlessShell({ args: [toOrg, '--ignore-certificate-errors'] });
  });
  afterAll(async () => {
    await browser.close();
    await org.stop();
  });
  beforeEach(async () => {
    context = await browser.newContext();
  });
  afterEach(() => context.close());

  it('signs in with the keyboard alone and lands on the success page of login.salesforce.com', async () => {
    const page = await context.newPage();
    const problems: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text());
    });
    const pkce = newPkce();
    await page.goto(authorizeUrl(orgUrl, pkce, { redirect_uri: salesforceSuccessUri }));
    // What `autofocus` names has the focus once the page has been drawn.
    await page.waitForFunction(() => document.activeElement instanceof HTMLInputElement);
    await page.keyboard.type(alex.username);
    await page.keyboard.press('Tab');
    await page.keyboard.type(alex.password);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Allow' }).waitFor();
    await page.waitForFunction(() => document.activeElement instanceof HTMLButtonElement);
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.href.startsWith(salesforceSuccessUri));
    await page.getByRole('heading', { name: 'Access granted' }).waitFor();
    expect(problems).toEqual([]);

    const fields = new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: defaultConsumerKey,
      code: new URL(page.url()).searchParams.get('code') ?? '',
      code_verifier: pkce.verifier,
      redirect_uri: salesforceSuccessUri,
    });
    const answer = await post(page, `${orgUrl}/services/oauth2/token`, fields.toString());
    const tokens = JSON.parse(answer) as { instance_url: string; id: string };
    expect(tokens.instance_url).toBe(orgUrl);
    expect(tokens.id.startsWith(`${orgUrl}/id/00D`)).toBe(true);
  });

  it('fills in a demo user at the press of a button', async () => {
    const page = await context.newPage();
    await page.goto(authorizeUrl(orgUrl, newPkce(), { redirect_uri: salesforceSuccessUri }));
    await page.getByRole('button', { name: `Use ${alex.firstName} ${alex.lastName}` }).click();
    expect(await page.getByLabel('Username').inputValue()).toBe(alex.username);
    expect(await page.getByLabel('Password').inputValue()).toBe(alex.password);
  });

  it('speaks HTTP/2 with the org', async () => {
    const page = await context.newPage();
    const protocols: string[] = [];
    const devTools = await context.newCDPSession(page);
    devTools.on('Network.responseReceived', ({ response }) => protocols.push(response.protocol ?? 'unknown'));
    await devTools.send('Network.enable');
    await page.goto(`${orgUrl}/services/data`);
    expect(protocols).toEqual(['h2']);
  });

  it('reads no token from the shared login host, whose token endpoint answers no CORS', async () => {
    const page = await context.newPage();
    expect(await post(page, 'https://login.salesforce.com/services/oauth2/token', 'grant_type=x')).toBe('blocked');
    expect(await post(page, `${orgUrl}/services/oauth2/token`, 'grant_type=x')).toContain('unsupported_grant_type');
  });

  it.each([true, false])('lets a page of a listed origin use DPoP when CORS allows it (%s)', async (corsForDpop) => {
    const page = await openOrigin();
    page.files.set('/', { type: 'text/html', body: '<!doctype html><title>App</title>' });
    const other = await startTestOrg({ contacts: 50, dpopNonces: true, corsForDpop, allowedOrigins: [page.url] });
    const tab = await context.newPage();
    try {
      await tab.goto(`${page.url}/`);
      const answer = await tab.evaluate(
        (url) =>
          fetch(url, {
            method: 'POST',
            headers: { DPoP: 'a proof' },
            body: new URLSearchParams({ grant_type: 'refresh_token' }),
          }).then(
            (response) => `${response.status}`,
            () => 'blocked',
          ),
        `${other.url}/services/oauth2/token`,
      );
      expect(answer).toBe(corsForDpop ? '400' : 'blocked');
      const nonce = await tab.evaluate(
        ([url, clientId]) =>
          fetch(url, {
            method: 'POST',
            body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: 'x', client_id: clientId }),
          }).then((response) => response.headers.get('dpop-nonce')),
        [`${other.url}/services/oauth2/token`, defaultConsumerKey] as const,
      );
      expect(nonce === null).toBe(!corsForDpop);
    } finally {
      await other.stop();
      await page.close();
    }
  });

  /** What a page of the listed origin reads when it posts a form. */
  async function post(page: Page, url: string, form: string): Promise<string> {
    await page.goto(`${listedOrigin}/id/keys`);
    return page.evaluate(
      ([to, body]) =>
        fetch(to, { method: 'POST', body: new URLSearchParams(body) }).then(
          (response) => response.text(),
          () => 'blocked',
        ),
      [url, form] as const,
    );
  }
});
