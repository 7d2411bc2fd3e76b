import { jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { defaultConsumerKey } from '../../sandbox/org/oauth/defaultClients.ts';
import { launchHeadlessShell } from '../support/chromium.ts';
import { closeSignInWindow } from '../support/closeSignInWindow.ts';
import { allowedUuids, providerUuid, startContainerDesk, type ContainerDesk } from '../support/containerDesk.ts';
import type { ContainerRuntime, ContainerWindow } from '../../sandbox/container/containerRuntime.ts';
import { signInOn } from '../../sandbox/testing/signIn.ts';
import { alex, morgan } from '../support/orgBrowser.ts';
import { until } from '../support/until.ts';
import { callAs, valueOf } from './deskPage.ts';

jest.setTimeout(90_000);

const signInWindow = 'salesforce-sign-in-';
/** Longer than any test: a window that shows itself does so for what is on it. */
const never = 600_000;

let desk: ContainerDesk;
let browser: Browser;

beforeAll(async () => {
  [desk, browser] = await Promise.all([startContainerDesk(), launchHeadlessShell()]);
});
afterAll(async () => {
  try {
    const secrets = await desk.org.control.secrets();
    expect(desk.watch.leaks(secrets)).toEqual([]);
  } finally {
    await browser?.close();
    await desk?.stop();
  }
});

describe('in the desktop container', () => {
  let runtime: ContainerRuntime;
  let provider: ContainerWindow;

  beforeEach(async () => {
    await desk.org.startOver();
    ({ runtime, provider } = await desk.startRuntime(browser, { showSignInWindowAfterMs: never }));
  });
  afterEach(async () => {
    await runtime.close();
    await desk.org.control.setApp(defaultConsumerKey, { adminApprovedOnly: false });
  });

  /**
   * A provider that goes away revokes its tokens, and with them what the person approved; not what an administrator
   * did.
   */
  const approveForAll = () =>
    desk.org.control.setApp(defaultConsumerKey, { adminApprovedOnly: true, approvedUsernames: [morgan.username] });
  const signInWindows = () => runtime.windows().filter(({ name }) => name.startsWith(signInWindow));
  /** The provider also signs in unseen, as often as it likes. */
  const seenSignInWindows = () => signInWindows().filter(({ wasShown }) => wasShown);
  const launch = async (uuid: string = allowedUuids[0]): Promise<Page> => (await desk.launchApp(runtime, uuid)).page;
  const connect = (app: Page) => callAs(app.mainFrame(), async (client) => (await client.connect()).currentUser.Name);
  const silent = (app: Page) =>
    callAs(app.mainFrame(), async (client) => (await client.getConnection())?.currentUser.Name ?? null);
  const leave = (app: Page) => callAs(app.mainFrame(), async (client) => (await client.getConnection())?.disconnect());

  async function signIn(app: Page): Promise<void> {
    const connecting = connect(app);
    await signInOn((await runtime.shownWindow(signInWindow)).page);
    expect(valueOf(await connecting)).toBe('Morgan Reed');
  }

  it("shows the first app's person the login page at once, closes it at the redirect, and asks no other app's", async () => {
    const [first, second] = [await launch(allowedUuids[0]), await launch(allowedUuids[1])];
    const connecting = connect(first);
    const window = await runtime.shownWindow(signInWindow);
    expect(window.options).toMatchObject({
      autoShow: false,
      includeInSnapshots: false,
      saveWindowState: false,
      defaultCentered: false,
      api: { fin: 'none' },
      preloadScripts: [],
    });
    expect(await window.page.evaluate(() => 'fin' in globalThis)).toBe(false);
    await signInOn(window.page);
    expect(valueOf(await connecting)).toBe('Morgan Reed');
    await until(() => window.closed);
    expect(window).toMatchObject({ broughtToFront: 1 });
    expect(valueOf(await connect(second))).toBe('Morgan Reed');
    expect(seenSignInWindows()).toHaveLength(1);
    expect(provider.wasShown).toBe(false);
  });

  it('opens one window for two apps that connect at the same time', async () => {
    const [first, second] = [await launch(allowedUuids[0]), await launch(allowedUuids[1])];
    const both = Promise.all([connect(first), connect(second)]);
    await signInOn((await runtime.shownWindow(signInWindow)).page);
    for (const user of await both) expect(valueOf(user)).toBe('Morgan Reed');
    expect(seenSignInWindows()).toHaveLength(1);
  });

  it('gives null and shows nothing where somebody would have to sign in', async () => {
    const app = await launch();
    expect(valueOf(await silent(app))).toBeNull();
    expect(signInWindows()).not.toEqual([]);
    expect(seenSignInWindows()).toEqual([]);
    await until(() => signInWindows().every(({ closed }) => closed));
  });

  it('signs in unseen while the org still knows the person', async () => {
    await approveForAll();
    const app = await launch();
    await signIn(app);
    await provider.page.reload();
    expect(valueOf(await silent(app))).toBe('Morgan Reed');
    await provider.page.reload();
    expect(valueOf(await connect(app))).toBe('Morgan Reed');
    expect(signInWindows().length).toBeGreaterThanOrEqual(3);
    expect(seenSignInWindows()).toHaveLength(1);
    await until(() => signInWindows().every(({ closed }) => closed));
  });

  it('ends the session with the last app, and lets the person approve anew when the org has forgotten the approval', async () => {
    const waiting = await desk.startRuntime(browser, { showSignInWindowAfterMs: 500, lingerMs: 500 });
    await runtime.close();
    ({ runtime, provider } = waiting);
    await desk.org.control.revokeRefreshTokens();
    const [first, second] = [await launch(allowedUuids[0]), await launch(allowedUuids[1])];
    await signIn(first);
    expect(valueOf(await connect(second))).toBe('Morgan Reed');
    valueOf(await leave(first));
    expect(await desk.org.control.approvals()).toHaveLength(1);
    valueOf(await leave(second));
    await until(async () => (await desk.org.control.approvals()).length === 0);
    const connecting = connect(first);
    await (await runtime.shownWindow(signInWindow)).page.getByRole('button', { name: 'Allow' }).click();
    expect(valueOf(await connecting)).toBe('Morgan Reed');
  });

  it('reports a denial and a closed window apart', async () => {
    const app = await launch();
    const attempt = async (act: (page: Page) => Promise<unknown>) => {
      const connecting = callAs(
        app.mainFrame(),
        (client, [orgUrl, key]) => client.connect(orgUrl, key, [], { prompt: 'consent' }),
        [desk.org.url, defaultConsumerKey] as const,
      );
      await act((await runtime.shownWindow(signInWindow)).page);
      return (await connecting).error;
    };
    expect(await attempt(closeSignInWindow)).toMatchObject({
      name: 'AuthorizationError',
      code: 'SIGN_IN_WINDOW_CLOSED',
    });
    expect(
      await attempt(async (page) => {
        await page.getByLabel('Username').fill(alex.username);
        await page.getByLabel('Password').fill(alex.password);
        await page.getByRole('button', { name: 'Log in' }).click();
        await page.getByRole('button', { name: 'Deny' }).click();
      }),
    ).toMatchObject({ name: 'AuthorizationError', code: 'SIGN_IN_DENIED' });
    await until(() => signInWindows().every(({ closed }) => closed));
  });

  it('asks to connect again when the org ended the session, and connecting again works', async () => {
    const app = await launch();
    await signIn(app);
    await desk.org.control.expireAccessTokens();
    await desk.org.control.expireRefreshTokens();
    const { error } = await callAs(app.mainFrame(), async (client) =>
      (await client.getConnection())!.executeApiRequest('/services/data/vXX.X/limits'),
    );
    expect(error).toMatchObject({ name: 'AuthTokenExpiredError', code: 'SIGN_IN_REQUIRED' });
    expect(valueOf(await connect(app))).toBe('Morgan Reed');
    expect(seenSignInWindows()).toHaveLength(1);
    await until(() => signInWindows().at(-1)!.closed);
    expect(signInWindows().at(-1)).toMatchObject({ wasShown: false });
  });

  it('refuses an app that is not listed, whatever it calls itself', async () => {
    const app = await launch('unlisted-app');
    await app.evaluate(
      (uuid) =>
        Object.assign((globalThis as unknown as { fin: { me: { identity: object } } }).fin.me.identity, {
          uuid,
          name: uuid,
        }),
      allowedUuids[0],
    );
    expect((await connect(app)).error).toMatchObject({ name: 'AuthorizationError', code: 'APP_NOT_ALLOWED' });
    expect(seenSignInWindows()).toEqual([]);
  });

  const raise = (app: Page, context: object) =>
    app.evaluate(async (given) => {
      type Agent = {
        raiseIntent(intent: string, context: object): Promise<{ source: object; getResult(): Promise<unknown> }>;
      };
      const { fin } = globalThis as unknown as { fin: { me: { interop: { getFDC3Sync(version: string): Agent } } } };
      const resolution = await fin.me.interop.getFDC3Sync('2.0').raiseIntent('ViewContact', given);
      try {
        return { result: await resolution.getResult() };
      } catch (error) {
        return { error: (error as Error).message };
      }
    }, context);

  it('shows the contact of an intent in a window of its own and hands the enriched context back', async () => {
    const app = await launch();
    await signIn(app);
    const raised = raise(app, { type: 'fdc3.contact', name: 'Tim Barr', id: {} });
    const view = await runtime.shownWindow('salesforce-record-');
    await view.page.getByRole('heading', { name: 'Tim Barr' }).first().waitFor();
    expect(await raised).toMatchObject({
      result: { type: 'fdc3.contact', name: 'Tim Barr', id: { SALESFORCE: expect.stringMatching(/^003/) } },
    });
    expect(view.options).toMatchObject({ saveWindowState: false, includeInSnapshots: false });
  });

  it('answers no intent of an app that is not listed', async () => {
    const app = await launch('unlisted-app');
    // Refused too, but not before the provider is there.
    expect((await connect(app)).error).toMatchObject({ code: 'APP_NOT_ALLOWED' });
    expect(await raise(app, { type: 'fdc3.contact', name: 'Tim Barr', id: {} })).toEqual({
      error: 'IntentHandlerRejected',
    });
    expect(seenSignInWindows()).toEqual([]);
  });

  it('serves the apps again after the provider was reloaded', async () => {
    await approveForAll();
    const app = await launch();
    await signIn(app);
    await provider.page.reload();
    expect(valueOf(await connect(app))).toBe('Morgan Reed');
    expect(seenSignInWindows()).toHaveLength(1);
  });

  it('keeps no window of a sign-in whose org cannot be reached', async () => {
    const app = await launch();
    await desk.org.control.dropConnections({ times: 20, path: '^/services/oauth2/authorize' });
    const { error } = await connect(app);
    await desk.org.control.clearFaults();
    expect(error).toMatchObject({ isApiError: true });
    await until(() => signInWindows().every(({ closed }) => closed));
    expect(seenSignInWindows()).toEqual([]);
  });
});

describe('a wrong configuration in the manifest', () => {
  it('makes the headless provider show itself and name every wrong path', async () => {
    const { runtime } = await desk.startRuntime(browser, {
      orgs: [{ orgUrl: 'https://login.salesforce.com', consumerKey: '' }],
      redirectUri: 'signed-in',
    });
    const { page } = await runtime.shownWindow(providerUuid);
    await page.getByText('configuration is wrong').waitFor();
    const problems = await page.getByRole('listitem').allTextContents();
    expect(problems.map((problem) => problem.split(':', 1)[0]).sort()).toEqual([
      'orgs.0.consumerKey',
      'orgs.0.orgUrl',
      'redirectUri',
    ]);
    await runtime.close();
  });
});
