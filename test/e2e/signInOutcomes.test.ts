import type { BrowserContext, Frame, Page } from 'playwright-core';
import { defaultConsumerKey } from '../../sandbox/org/oauth/defaultClients.ts';
import { demoUsers } from '../../sandbox/org/seed/demoUsers.ts';
import { signInOn } from '../../sandbox/testing/signIn.ts';
import type { RowId } from '../../src/outcomes/outcomes.ts';
import { alex, morgan } from '../support/orgBrowser.ts';
import { appFrame, callAs, openDesk, seenBy, valueOf } from './deskPage.ts';
import { expectRow } from './outcomeRow.ts';
import { useDesk } from './useDesk.ts';

const sam = demoUsers.find(({ locked }) => locked)!;

const logIn = async (popup: Page, { username, password }: { username: string; password: string }): Promise<void> => {
  await popup.getByLabel('Username').fill(username);
  await popup.getByLabel('Password').fill(password);
  await popup.getByRole('button', { name: 'Log in' }).click();
};
/**
 * A window that is gone sooner than anybody could read it is taken for one that its pages have cut off from its opener.
 */
async function readAndClose(popup: Page): Promise<void> {
  await seenBy((await popup.opener())!);
  await popup.close();
}
/** Not waited for: the window closes on the page that the click leads to. */
const pressLast = (popup: Page, name: string): void =>
  void popup
    .getByRole('button', { name })
    .click()
    .catch(() => undefined);

describe('what a person does in the sign-in window, in HERE Core Web', () => {
  const used = useDesk({ orgOptions: { sso: true } });
  let context: BrowserContext;
  let page: Page;
  let contacts: Frame;

  beforeAll(async () => {
    context = await used.newContext({ viewport: { width: 1440, height: 900 } });
    page = await openDesk(context, used.desk);
    contacts = await appFrame(page, used.desk, 'contacts');
  });
  beforeEach(async () => {
    const { control } = used.desk;
    await control.clearFaults();
    await control.endBrowserSessions();
    await control.revokeRefreshTokens();
    await control.setApp(defaultConsumerKey, { installed: true, blocked: false });
    await control.setUser(morgan.username, {
      mfaRequired: false,
      passwordExpired: false,
      frozen: false,
      password: morgan.password,
    });
    const leaving = await callAs(contacts, async ({ getConnection }) => (await getConnection())?.disconnect());
    valueOf(leaving);
    const signOut = page.getByRole('button', { name: 'Sign out for all apps' });
    if (await signOut.isVisible()) await signOut.click();
    await page.getByText('Not signed in').waitFor();
  });

  /** An app connects, and a person acts in the window that opens for it. */
  async function connect(act: (popup: Page) => unknown, parameters: Record<string, string> = {}) {
    const opened = page.waitForEvent('popup');
    await page.mouse.click(5, 5);
    const connecting = callAs(
      contacts,
      async (client, given) =>
        (await client.connect(given.orgUrl, given.key, [], given.parameters)).currentUser.Username,
      { orgUrl: used.desk.orgUrl, key: defaultConsumerKey, parameters },
    );
    await act(await opened);
    const settled = await connecting;
    // Nothing of it stays on the platform page.
    await page.locator('.sign-in').waitFor({ state: 'detached' });
    return settled;
  }

  const failing: [what: string, row: RowId, act: (popup: Page) => unknown][] = [
    [
      'closes the window',
      'window.closed',
      async (popup) => {
        await popup.getByLabel('Username').pressSequentially('morgan.reed', { delay: 60 });
        await popup.close();
      },
    ],
    [
      'presses Cancel on the platform page',
      'window.cancelled',
      async (popup) => {
        await popup.getByLabel('Username').waitFor();
        await page.getByRole('button', { name: 'Cancel' }).click();
      },
    ],
    [
      'presses Deny',
      'authorize.denied',
      async (popup) => {
        await logIn(popup, morgan);
        pressLast(popup, 'Deny');
      },
    ],
    [
      'is locked, reads so, and gives up',
      'window.closed',
      async (popup) => {
        await logIn(popup, sam);
        await popup.getByText('This user is locked').waitFor();
        await readAndClose(popup);
      },
    ],
    [
      'finds the app uninstalled after logging in',
      'authorize.appNotInstalled',
      async (popup) => {
        await used.desk.control.uninstallApp(defaultConsumerKey);
        await popup.getByLabel('Username').waitFor();
        await logIn(popup, morgan);
      },
    ],
    [
      'finds the app blocked after logging in',
      'authorize.appBlocked',
      async (popup) => {
        await used.desk.control.setApp(defaultConsumerKey, { blocked: true });
        await logIn(popup, morgan);
      },
    ],
    [
      'is frozen, reads so, and gives up',
      'window.closed',
      async (popup) => {
        await used.desk.control.setUser(morgan.username, { frozen: true });
        await logIn(popup, morgan);
        await popup.getByText('This user cannot log in').waitFor();
        await readAndClose(popup);
      },
    ],
  ];

  it.each(failing)('who %s is told so: %s', async (_what, row, act) => {
    expectRow(await connect(act), row);
    await used.desk.control.setUser(morgan.username, { frozen: false });
    await used.desk.control.setApp(defaultConsumerKey, { installed: true, blocked: false });
    expect(valueOf(await connect((popup) => signInOn(popup)))).toBe(morgan.username);
  });

  const succeeding: [what: string, act: (popup: Page) => unknown][] = [
    [
      'navigates away and comes back',
      async (popup) => {
        await popup.getByLabel('Username').waitFor();
        await popup.goto(used.desk.origins.contacts);
        await popup.goBack();
        await signInOn(popup);
      },
    ],
    [
      'cancels at the verification code and begins again',
      async (popup) => {
        await used.desk.control.setUser(morgan.username, { mfaRequired: true });
        await logIn(popup, morgan);
        await popup.getByRole('button', { name: 'Cancel' }).click();
        await logIn(popup, morgan);
        await popup.getByLabel('Verification code').fill((await popup.locator('#demo-code').textContent())!);
        await popup.getByRole('button', { name: 'Verify' }).click();
        pressLast(popup, 'Allow');
      },
    ],
    [
      'mistypes the password first',
      async (popup) => {
        await logIn(popup, { ...morgan, password: 'wrong' });
        await popup.getByText('do not match').waitFor();
        await signInOn(popup);
      },
    ],
    [
      "comes from the company's own sign-in",
      async (popup) => {
        await popup.getByText('Log in with your company account').click();
        await popup.waitForURL((url) => url.pathname === '/sso' && url.origin !== used.desk.orgUrl);
        await popup.getByRole('button', { name: 'Morgan Reed' }).click();
        pressLast(popup, 'Allow');
      },
    ],
  ];

  it.each(succeeding)('who %s is signed in', async (_what, act) => {
    expect(valueOf(await connect(act))).toBe(morgan.username);
  });

  it("signs somebody else in beside the person who is there, and neither gets the other's session", async () => {
    expect(valueOf(await connect((popup) => signInOn(popup)))).toBe(morgan.username);
    const account360 = await appFrame(page, used.desk, 'account-360');
    const opened = page.waitForEvent('popup');
    await page.mouse.click(5, 5);
    const own = callAs(
      account360,
      async (client, given) =>
        (await client.connect(given.orgUrl, given.key, [], { prompt: 'login' }, {}, { ownSession: true })).currentUser
          .Username,
      { orgUrl: used.desk.orgUrl, key: defaultConsumerKey },
    );
    await signInOn(await opened, alex);
    expect(valueOf(await own)).toBe(alex.username);
    const still = await callAs(contacts, async ({ getConnection }) => (await getConnection())!.currentUser.Username);
    expect(valueOf(still)).toBe(morgan.username);
    await callAs(account360, async ({ getConnection }) => (await getConnection())?.disconnect());
  });

  it('is told so where no page of the desktop may open a window', async () => {
    const without = await used.newContext();
    await without.route(`${used.desk.origins.provider}/config.json`, async (route) => {
      const response = await route.fetch();
      const configuration = (await response.json()) as { provider: { allowedApps: { role?: string }[] } };
      for (const app of configuration.provider.allowedApps) if (app.role === 'platform') delete app.role;
      await route.fulfill({ response, json: configuration });
    });
    const app = await appFrame(await openDesk(without, used.desk), used.desk, 'contacts');
    expectRow(await callAs(app, async (client) => (await client.connect()).currentUser.Name), 'window.noPlatformPage');
    await used.close(without);
  });

  it('who has an expired password chooses a new one and is signed in', async () => {
    const renewed = 'meridian-2027';
    await used.desk.control.setUser(morgan.username, { passwordExpired: true });
    expect(
      valueOf(
        await connect(async (popup) => {
          await logIn(popup, morgan);
          await popup.getByLabel('New password').fill(renewed);
          await popup.getByLabel('The same again').fill(renewed);
          await popup.getByRole('button', { name: 'Change password' }).click();
          pressLast(popup, 'Allow');
        }),
      ),
    ).toBe(morgan.username);
  });
});
