import type { BrowserContext, Page } from 'playwright-core';
import { defaultConsumerKey } from '../../sandbox/org/oauth/defaultClients.ts';
import { signInOn } from '../../sandbox/testing/signIn.ts';
import { launchChromium } from '../support/chromium.ts';
import { startDeskProcess } from '../support/desk.ts';
import { alex } from '../support/orgBrowser.ts';
import { appFrame, callAs, openDesk, valueOf } from './deskPage.ts';
import { useDesk } from './useDesk.ts';

describe('signing in once serves every app', () => {
  // The main job, in the browser and by the command as people have them.
  const used = useDesk({}, launchChromium, startDeskProcess);
  let context: BrowserContext;
  let page: Page;
  let popups: Page[];
  let complaints: string[];

  beforeEach(() => used.desk.control.clearFaults());

  async function open(): Promise<void> {
    context = await used.newContext({ viewport: { width: 1440, height: 900 } });
    complaints = [];
    context.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    context.on('weberror', (error) => complaints.push(error.error().message));
    page = await openDesk(context, used.desk);
    popups = [];
    page.on('popup', (popup) => popups.push(popup));
  }

  const connectAs = async (site: 'contacts' | 'account-360') =>
    callAs(await appFrame(page, used.desk, site), async ({ connect }) => {
      const connection = await connect();
      return { user: connection.currentUser.Name, orgUrl: connection.orgUrl, consumerKey: connection.consumerKey };
    });

  describe('on a desk where nobody is signed in', () => {
    beforeEach(open);
    afterEach(() => used.close(context));

    it("asks the first app's person to sign in and no other app's", async () => {
      const contacts = await appFrame(page, used.desk, 'contacts');
      const opened = page.waitForEvent('popup');
      await contacts.getByRole('button', { name: /Connect/ }).click();
      await signInOn(await opened);
      await contacts
        .getByText(/of 3,?000 contacts/)
        .first()
        .waitFor();
      const account360 = await appFrame(page, used.desk, 'account-360');
      await account360.getByText('Connected as').waitFor();
      expect(valueOf(await connectAs('account-360'))).toMatchObject({ user: 'Morgan Reed', orgUrl: used.desk.orgUrl });
      await page.getByText('Morgan Reed').first().waitFor();
      expect(popups).toHaveLength(1);
      expect(complaints).toEqual([]);
    });

    it('opens one window for two apps that connect at the same time', async () => {
      const opened = page.waitForEvent('popup');
      await page.bringToFront();
      await page.mouse.click(5, 5);
      const both = Promise.all([connectAs('contacts'), connectAs('account-360')]);
      await signInOn(await opened);
      for (const connection of await both) expect(valueOf(connection)).toMatchObject({ user: 'Morgan Reed' });
      expect(popups).toHaveLength(1);
    });

    it('notices a window that is closed before the org has answered', async () => {
      // All of them: the provider tries to sign in unseen as well.
      await used.desk.control.injectFault({ kind: 'hang' }, { path: '^/services/oauth2/authorize', times: 'always' });
      await page.evaluate(() => {
        const { open } = window;
        window.open = (...place) => Object.assign(window, { opened: open.apply(window, place) }).opened;
      });
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      // Closed from its opener, which the page cannot tell from a person: Playwright has no hold of a window without a
      // page.
      await page.waitForFunction(
        () => (window as unknown as { opened?: Window }).opened?.close() === undefined && 'opened' in window,
      );
      await page.getByText('window was closed').waitFor();
      await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
      await used.desk.control.clearFaults();
    });

    it('reports a denial, a closed window and a cancelled sign-in apart', async () => {
      const contacts = await appFrame(page, used.desk, 'contacts');
      const attempt = async (act: (popup: Page) => Promise<unknown>) => {
        const opened = page.waitForEvent('popup');
        await page.mouse.click(5, 5);
        const connecting = callAs(
          contacts,
          ({ connect }, { orgUrl, key }) => connect(orgUrl, key, [], { prompt: 'consent' }),
          { orgUrl: used.desk.orgUrl, key: defaultConsumerKey },
        );
        await act(await opened);
        return (await connecting).error;
      };
      const closeWhileTyping = async (popup: Page) => {
        await popup.getByLabel('Username').pressSequentially('morgan.reed', { delay: 60 });
        await popup.close();
      };
      expect(await attempt(closeWhileTyping)).toMatchObject({
        name: 'AuthorizationError',
        code: 'SIGN_IN_WINDOW_CLOSED',
      });
      expect(await attempt(() => page.getByRole('button', { name: 'Cancel' }).click())).toMatchObject({
        name: 'AuthorizationError',
        code: 'SIGN_IN_CANCELLED',
      });
      expect(
        await attempt(async (popup) => {
          await popup.getByLabel('Username').fill(alex.username);
          await popup.getByLabel('Password').fill(alex.password);
          await popup.getByRole('button', { name: 'Log in' }).click();
          // Not waited for: the window closes on the page that the click leads to.
          void popup
            .getByRole('button', { name: 'Deny' })
            .click()
            .catch(() => undefined);
        }),
      ).toMatchObject({ name: 'AuthorizationError', code: 'SIGN_IN_DENIED' });
      expect(popups).toHaveLength(3);
    });
  });
});
