import { jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { launchHeadlessShell } from '../support/chromium.ts';
import { closeSignInWindow } from '../support/closeSignInWindow.ts';
import { allowedUuids, startContainerDesk, type ContainerDesk } from '../support/containerDesk.ts';
import type { ContainerRuntime, ContainerWindow } from '../../sandbox/container/containerRuntime.ts';
import { signInOn } from '../../sandbox/testing/signIn.ts';
import { until } from '../support/until.ts';
import { callAs, valueOf } from './deskPage.ts';
import { openOrigin, type Origin } from './servePages.ts';

jest.setTimeout(90_000);

const prefix = 'salesforce-sign-in-';
const authorizePath = '^/services/oauth2/authorize';

let desk: ContainerDesk;
let browser: Browser;
let elsewhere: Origin;
let listed: Origin;
let untrusted: string;

beforeAll(async () => {
  [desk, browser, elsewhere, listed] = await Promise.all([
    startContainerDesk({ https: true }),
    launchHeadlessShell(),
    openOrigin(),
    openOrigin(),
  ]);
  for (const { files } of [elsewhere, listed])
    files.set('/sign-on', { type: 'text/html', body: '<!doctype html><title>Sign-on</title><h1>Sign-on</h1>' });
  untrusted = `https://localhost:${desk.org.httpsPort}`;
});
afterAll(async () => {
  try {
    expect(desk.watch.leaks(await desk.org.control.secrets())).toEqual([]);
  } finally {
    await browser?.close();
    await Promise.all([desk, elsewhere, listed].map((one) => (one && 'stop' in one ? one.stop() : one?.close())));
  }
});

describe('the sign-in window of the desktop container', () => {
  let runtime: ContainerRuntime;
  let provider: ContainerWindow;
  let app: Page;
  let reached: string[];

  beforeEach(async () => {
    await desk.org.startOver();
    const orgs = (desk.configuration['orgs'] as object[]).map((org) => ({
      ...org,
      identityProviders: [listed.url, untrusted],
    }));
    ({ runtime, provider } = await desk.startRuntime(browser, {
      orgs,
      showSignInWindowAfterMs: 200,
      silentSignIn: false,
    }));
    reached = [];
    runtime.context.on('response', (response) => reached.push(response.url()));
    app = (await desk.launchApp(runtime, allowedUuids[0])).page;
  });
  afterEach(() => runtime.close());

  const connect = () => callAs(app.mainFrame(), async (client) => (await client.connect()).currentUser.Name);
  const leadTo = (url: string) => desk.org.control.injectFault({ kind: 'redirect', to: url }, { path: authorizePath });
  const allClosed = () =>
    runtime
      .windows()
      .filter(({ name }) => name.startsWith(prefix))
      .every(({ closed }) => closed);

  it('stops a redirect to a page that is not listed before it is asked for, and names the page without its query', async () => {
    await leadTo(`${elsewhere.url}/sign-on?secret=1`);
    const { error } = await connect();
    expect(error).toMatchObject({
      name: 'AuthorizationError',
      code: 'SIGN_IN_BLOCKED',
      reason: 'window.navigatedAway',
      data: { page: `${elsewhere.url}/sign-on` },
    });
    expect(error?.message).toContain(`${elsewhere.url}/sign-on`);
    expect(error?.message).not.toContain('secret');
    expect(reached.filter((url) => url.startsWith(elsewhere.url))).toEqual([]);
    expect(allClosed()).toBe(true);
  });

  it('stops a page that leads elsewhere by itself', async () => {
    const connecting = connect();
    const { page } = await runtime.shownWindow(prefix);
    await page.getByLabel('Username').waitFor();
    await page.evaluate((url) => {
      window.location.href = url;
    }, `${elsewhere.url}/sign-on`);
    expect((await connecting).error).toMatchObject({
      reason: 'window.navigatedAway',
      data: { page: `${elsewhere.url}/sign-on` },
    });
    expect(reached.filter((url) => url.startsWith(elsewhere.url))).toEqual([]);
    expect(allClosed()).toBe(true);
  });

  it('leads through an identity provider that is listed, and back', async () => {
    await leadTo(`${listed.url}/sign-on`);
    const connecting = connect();
    const { page } = await runtime.shownWindow(prefix);
    await page.waitForURL(`${listed.url}/sign-on`);
    const authorizeUrl = reached.find((url) => url.includes('/services/oauth2/authorize'))!;
    await page.evaluate((url) => {
      window.location.href = url;
    }, authorizeUrl);
    await signInOn(page);
    expect(valueOf(await connecting)).toBe('Morgan Reed');
  });

  it('ends with a page whose certificate is not valid, which is never shown', async () => {
    await leadTo(`${untrusted}/sign-on?secret=1`);
    expect((await connect()).error).toMatchObject({
      code: 'SIGN_IN_BLOCKED',
      reason: 'window.certificate',
      data: { page: `${untrusted}/sign-on` },
    });
    expect(allClosed()).toBe(true);
  });

  it('ends with a page that is a download', async () => {
    listed.files.set('/setup.exe', { type: 'application/octet-stream', body: 'x' });
    await leadTo(`${listed.url}/setup.exe`);
    expect((await connect()).error).toMatchObject({ reason: 'window.navigatedAway' });
    expect(allClosed()).toBe(true);
  });

  it('says so when the page crashes, and the next sign-in is well', async () => {
    const connecting = connect();
    const { page } = await runtime.shownWindow(prefix);
    await page.getByLabel('Username').waitFor();
    const devTools = await runtime.context.newCDPSession(page);
    void devTools.send('Page.crash').catch(() => undefined);
    expect((await connecting).error).toMatchObject({ code: 'SIGN_IN_WINDOW_CLOSED', reason: 'window.crashed' });
    expect(allClosed()).toBe(true);
    const again = connect();
    await signInOn((await runtime.shownWindow(prefix)).page);
    expect(valueOf(await again)).toBe('Morgan Reed');
  });

  it('lets no page open a window of its own, and goes on', async () => {
    const connecting = connect();
    const { page } = await runtime.shownWindow(prefix);
    await page.getByLabel('Username').waitFor();
    const opened = page.waitForEvent('popup');
    await page.evaluate((url) => void window.open(url), `${elsewhere.url}/sign-on`);
    const popup = await opened;
    if (!popup.isClosed()) await popup.waitForEvent('close');
    await signInOn(page);
    expect(valueOf(await connecting)).toBe('Morgan Reed');
  });

  it('gives its pages nothing of OpenFin, no developer tools and no downloads shelf', async () => {
    const connecting = connect();
    const window = await runtime.shownWindow(prefix);
    expect(window.options).toMatchObject({
      api: { fin: 'none' },
      preloadScripts: [],
      permissions: {},
      downloadShelf: { enabled: false },
      accelerator: { devtools: false, reload: false },
      contextMenuSettings: { enable: false },
    });
    await window.page.getByLabel('Username').waitFor();
    expect(await window.page.evaluate(() => 'fin' in globalThis)).toBe(false);
    await closeSignInWindow(window.page);
    await connecting;
  });

  it('is gone when the provider was reloaded, and when the provider has ended', async () => {
    void connect().catch(() => undefined);
    const left = await runtime.shownWindow(prefix);
    await provider.page.reload();
    await runtime.until('closing the left window', () => left.closed || undefined);
    void connect().catch(() => undefined);
    const second = await runtime.shownWindow(prefix);
    await provider.page.close();
    await runtime.until('closing with the provider', () => second.closed || undefined);
  });

  it("fits on a small second monitor, where the platform's window is", async () => {
    runtime.monitors.push({ left: 1920, top: 0, right: 2944, bottom: 560 });
    await provider.page.evaluate(async () => {
      const { fin } = globalThis as unknown as { fin: { Window: { create(options: object): Promise<unknown> } } };
      await fin.Window.create({
        name: 'desk',
        url: 'about:blank',
        defaultLeft: 2000,
        defaultTop: 0,
        defaultWidth: 900,
        defaultHeight: 500,
      });
    });
    const connecting = connect();
    const window = await runtime.shownWindow(prefix);
    expect(window.bounds).toMatchObject({ left: 2152, top: 0, width: 560, height: 560 });
    await until(() => window.broughtToFront === 1);
    await closeSignInWindow(window.page);
    await connecting;
  });
});
