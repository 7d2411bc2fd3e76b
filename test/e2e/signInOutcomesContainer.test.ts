import { jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import type { RowId } from '../../src/outcomes/outcomes.ts';
import { launchHeadlessShell } from '../support/chromium.ts';
import { closeSignInWindow } from '../support/closeSignInWindow.ts';
import { allowedUuids, startContainerDesk, type ContainerDesk } from '../support/containerDesk.ts';
import type { ContainerRuntime } from '../../sandbox/container/containerRuntime.ts';
import { signInOn } from '../../sandbox/testing/signIn.ts';
import { callAs, valueOf } from './deskPage.ts';
import { expectRow } from './outcomeRow.ts';

jest.setTimeout(90_000);

const signInWindow = 'salesforce-sign-in-';

/** What happens to the window, with the provider configured for it. A row that is missing here does not compile. */
interface WindowCase {
  configuration?: (desk: ContainerDesk) => Record<string, unknown>;
  /** Where no window is ever shown, what keeps it from it. */
  before?: (desk: ContainerDesk) => Promise<unknown>;
  happens?: (page: Page, desk: ContainerDesk) => unknown;
}

type ContainerRow = Exclude<
  Extract<RowId, `window.${string}`>,
  'window.cancelled' | 'window.noPlatformPage' | 'window.unattended'
>;

const withIdentityProvider = ({ configuration }: ContainerDesk, origin: string) => ({
  orgs: [{ ...(configuration['orgs'] as object[])[0], identityProviders: [origin] }],
});

const cases: Record<ContainerRow, WindowCase> = {
  'window.closed': { happens: closeSignInWindow },
  'window.timedOut': { configuration: () => ({ signInTimeoutMs: 1_500 }) },
  'window.crashed': { happens: (page) => page.goto('chrome://crash').catch(() => undefined) },
  'window.couldNotOpen': {
    before: (desk) => desk.org.control.dropConnections({ endpoint: 'authorize', times: 'always' }),
  },
  'window.navigatedAway': { happens: (page) => page.getByText('Log in with your company account').click() },
  'window.certificate': {
    configuration: (desk) => withIdentityProvider(desk, `https://localhost:${desk.org.httpsPort}`),
    happens: (page, { org }) => page.goto(`https://localhost:${org.httpsPort}/`).catch(() => undefined),
  },
};

describe('what befalls the sign-in window, in the desktop container', () => {
  let desk: ContainerDesk;
  let browser: Browser;
  let runtime: ContainerRuntime;

  beforeAll(async () => {
    [desk, browser] = await Promise.all([startContainerDesk({ sso: true, https: true }), launchHeadlessShell()]);
  });
  afterAll(async () => {
    try {
      expect(desk.watch.leaks(await desk.org.control.secrets())).toEqual([]);
    } finally {
      await browser?.close();
      await desk?.stop();
    }
  });
  beforeEach(() => desk.org.startOver());
  afterEach(() => runtime.close());

  const start = async (configuration: Record<string, unknown> = {}): Promise<Page> => {
    ({ runtime } = await desk.startRuntime(browser, { silentSignIn: false, ...configuration }));
    return (await desk.launchApp(runtime, allowedUuids[0])).page;
  };
  const connect = (app: Page) => callAs(app.mainFrame(), async (client) => (await client.connect()).currentUser.Name);
  const allAreClosed = () =>
    runtime
      .windows()
      .filter(({ name }) => name.startsWith(signInWindow))
      .every(({ closed }) => closed);

  it.each(Object.entries(cases))('%s', async (id, { configuration, before, happens }) => {
    const app = await start(configuration?.(desk));
    await before?.(desk);
    const connecting = connect(app);
    if (!before) {
      const { page } = await runtime.shownWindow(signInWindow);
      if (happens) await page.getByLabel('Username').waitFor();
      await happens?.(page, desk);
    }
    expectRow(await connecting, id as RowId);
    expect(allAreClosed()).toBe(true);
    await desk.org.control.clearFaults();
    const again = connect(app);
    const { page } = await runtime.shownWindow(signInWindow);
    // Where the time is short so that it can run out, it is short for the second window too: it is there, and that is
    // all.
    if (id === 'window.timedOut') return void again.catch(() => undefined);
    await signInOn(page);
    expect(valueOf(await again)).toBe('Morgan Reed');
  });

  it('leads through an identity provider that is configured', async () => {
    const app = await start(withIdentityProvider(desk, desk.org.ssoUrl!));
    const connecting = connect(app);
    const { page } = await runtime.shownWindow(signInWindow);
    await page.getByText('Log in with your company account').click();
    await page.getByRole('button', { name: 'Morgan Reed' }).click();
    await signInOn(page);
    expect(valueOf(await connecting)).toBe('Morgan Reed');
  });

  it('shows nothing and says that nobody is signed in when an unseen window gets no further (window.unattended)', async () => {
    const app = await start({ silentSignIn: true, silentSignInTimeoutMs: 500 });
    await desk.org.control.injectFault({ kind: 'hang' }, { endpoint: 'authorize', times: 'always' });
    expect(
      valueOf(
        await callAs(app.mainFrame(), async (client) => (await client.getConnection())?.currentUser.Name ?? null),
      ),
    ).toBeNull();
    expect(runtime.windows().filter(({ name, wasShown }) => name.startsWith(signInWindow) && wasShown)).toEqual([]);
  });
});
