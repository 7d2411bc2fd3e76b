/** One session for all apps of a desk, from when it is there until it ends. */
import type { BrowserContext, Page } from 'playwright-core';
import { signIn, signInOn } from '../../sandbox/testing/signIn.ts';
import { alex } from '../support/orgBrowser.ts';
import { appFrame, callAs, openDesk, openSignedIn, valueOf } from './deskPage.ts';
import { useDesk } from './useDesk.ts';

describe('the session of a desk', () => {
  const used = useDesk({ environment: { SANDBOX_CONTACTS: '60' } });
  let context: BrowserContext;
  let page: Page;

  async function open(how = openDesk): Promise<void> {
    context = await used.newContext({ viewport: { width: 1440, height: 900 } });
    page = await how(context, used.desk);
  }
  const connectAs = async (site: 'contacts' | 'account-360') =>
    callAs(await appFrame(page, used.desk, site), async ({ connect }) => (await connect()).currentUser.Name as string);

  describe('is looked at', () => {
    beforeAll(() => open(openSignedIn));
    afterAll(() => used.close(context));

    it('renews an expired access token once for everybody who is waiting', async () => {
      const load = async (site: 'contacts' | 'account-360') =>
        callAs(await appFrame(page, used.desk, site), async ({ connect }) => {
          const connection = await connect();
          const answers = await Promise.all(
            Array.from({ length: 15 }, () => connection.executeApiRequest('/services/data/vXX.X/limits')),
          );
          return answers.map(({ status }) => status);
        });
      await Promise.all([load('contacts'), load('account-360')]);
      await used.desk.control.expireAccessTokens();
      await used.desk.control.resetCounts();
      const [first, second] = await Promise.all([load('contacts'), load('account-360')]);
      expect([...valueOf(first), ...valueOf(second)]).toEqual(Array.from({ length: 30 }, () => 200));
      expect((await used.desk.control.counts()).tokenRequests).toEqual({ refresh_token: 1 });
    });

    it('keeps the session for the other apps when one disconnects', async () => {
      const contacts = await appFrame(page, used.desk, 'contacts');
      expect(
        valueOf(
          await callAs(contacts, async ({ connect, getConnection }) => {
            await (await connect()).disconnect();
            return (await (await getConnection())!.executeApiRequest('/services/data/vXX.X/limits')).status;
          }),
        ),
      ).toBe(200);
    });
  });

  describe('comes and goes', () => {
    afterEach(() => used.close(context));

    it('gives null and shows nothing while nobody is signed in, and the session afterwards', async () => {
      await open();
      const popups: Page[] = [];
      page.on('popup', (popup) => popups.push(popup));
      const contacts = await appFrame(page, used.desk, 'contacts');
      const silent = () =>
        callAs(contacts, async ({ getConnection }) => (await getConnection())?.currentUser.Username ?? null);
      expect(valueOf(await silent())).toBeNull();
      expect(popups).toEqual([]);
      await signIn(page, alex);
      expect(valueOf(await silent())).toBe(alex.username);
    });

    it('tells every app that the session has expired when the org ends it, and connecting again works', async () => {
      await open(openSignedIn);
      const contacts = await appFrame(page, used.desk, 'contacts');
      await connectAs('contacts');
      await used.desk.control.revokeRefreshTokens();
      const request = () =>
        callAs(contacts, async ({ getConnection }) =>
          (await getConnection())!.executeApiRequest('/services/data/vXX.X/limits'),
        );
      const { error } = await request();
      expect(error).toMatchObject({
        name: 'AuthTokenExpiredError',
        code: 'SIGN_IN_REQUIRED',
        isApiError: true,
        data: { error: 'invalid_grant' },
      });
      await page.getByText('Sign-in required').waitFor();
      const opened = page.waitForEvent('popup');
      await page.mouse.click(5, 5);
      const again = connectAs('contacts');
      await signInOn(await opened);
      expect(valueOf(await again)).toBe('Morgan Reed');
      expect(valueOf(await request())).toMatchObject({ status: 200 });
    });

    it('signs out for all apps at once and revokes the grant', async () => {
      await open(openSignedIn);
      const [contacts, account360] = [
        await appFrame(page, used.desk, 'contacts'),
        await appFrame(page, used.desk, 'account-360'),
      ];
      for (const frame of [contacts, account360]) {
        await callAs(frame, async ({ connect, onStateChange }) => {
          const states: string[] = [];
          Object.assign(window, { states });
          onStateChange(({ state }) => states.push(state));
          await connect();
        });
      }
      const held = (await used.desk.control.approvals()).length;
      await page.getByRole('button', { name: /Sign out/ }).click();
      for (const frame of [contacts, account360]) {
        await frame.waitForFunction(() => (window as unknown as { states: string[] }).states.includes('signedOut'));
        await frame.getByRole('button', { name: /Connect/ }).waitFor();
      }
      await page.getByRole('button', { name: 'Sign in' }).waitFor();
      expect((await used.desk.control.approvals()).length).toBe(held - 1);
    });

    it('serves the apps again after the provider was reloaded', async () => {
      await open(openSignedIn);
      const contacts = await appFrame(page, used.desk, 'contacts');
      await connectAs('contacts');
      const provider = page.frames().find((frame) => frame.url().startsWith(used.desk.origins.provider))!;
      await Promise.all([provider.waitForNavigation(), provider.evaluate(() => location.reload())]);
      // Signed in unseen, or asked for the approval once more: the page that left may have revoked it in time, or not.
      valueOf(await callAs(contacts, async ({ getConnection }) => void (await getConnection())));
      page.once('popup', (popup) => void signInOn(popup));
      await page.mouse.click(5, 5);
      expect(
        valueOf(
          await callAs(
            contacts,
            async ({ connect }) => (await (await connect()).executeApiRequest('/services/data/vXX.X/limits')).status,
          ),
        ),
      ).toBe(200);
      await page.getByText('Signed in', { exact: true }).waitFor();
    });
  });
});
