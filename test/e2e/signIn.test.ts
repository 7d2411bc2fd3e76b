import type { BrowserContext, Frame, Page } from 'playwright-core';
import { defaultConsumerKey } from '../../sandbox/org/oauth/defaultClients.ts';
import { signIn, signInOn } from '../../sandbox/testing/signIn.ts';
import { launchChromium } from '../support/chromium.ts';
import { startDeskProcess } from '../support/desk.ts';
import { alex } from '../support/orgBrowser.ts';
import { until } from '../support/until.ts';
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

    it('lets an app join whose broker page was lost on its way', async () => {
      let asked = 0;
      await page.route(`${used.desk.origins.platform}/broker.html`, (route) =>
        (asked += 1) === 1 ? route.abort('connectionreset') : route.fallback(),
      );
      await (await appFrame(page, used.desk, 'contacts')).evaluate(() => location.reload());
      await until(() => asked === 2);
      const contacts = await appFrame(page, used.desk, 'contacts');
      expect(await contacts.evaluate(() => document.querySelectorAll('iframe[name^="of-broker<"]').length)).toBe(1);
      expect(valueOf(await callAs(contacts, async ({ getConnection }) => getConnection()))).toBeNull();
    });

    /** The provider's page hears no request for a ticket: an app has to take the way back, the ticket page. */
    const appOfDeafProvider = async (): Promise<Frame> => {
      await page.addInitScript((provider) => {
        if (location.origin !== provider || location.pathname !== '/') return;
        window.addEventListener('message', (event: MessageEvent<{ type?: string } | null>) => {
          if (event.data?.type === 'salesforce-interop.ticketRequest') event.stopImmediatePropagation();
        });
      }, used.desk.origins.provider);
      await page.reload();
      return appFrame(page, used.desk, 'contacts');
    };

    it('goes on when the ticket page was lost on its way to an app', async () => {
      const contacts = await appOfDeafProvider();
      let asked = 0;
      await page.route(`${used.desk.origins.provider}/ticket.html`, (route) => {
        const isApps = route.request().frame().parentFrame() === contacts;
        return isApps && (asked += 1) === 1 ? route.abort('connectionreset') : route.fallback();
      });
      expect(valueOf(await callAs(contacts, async ({ getConnection }) => getConnection()))).toBeNull();
      // The first was lost; how often a slow machine makes an app ask is nobody's promise.
      expect(asked).toBeGreaterThanOrEqual(2);
    });

    it('goes on when the order of a ticket was lost on its way to the provider', async () => {
      const contacts = await appOfDeafProvider();
      const lost: string[] = [];
      const sent: string[] = [];
      await page.exposeFunction('lostOrder', (orderId: string) => lost.push(orderId));
      await page.exposeFunction('sentOrder', (orderId: string) => sent.push(orderId));
      await page.addInitScript(() => {
        const { postMessage } = BroadcastChannel.prototype;
        const { lostOrder, sentOrder } = globalThis as unknown as Record<
          'lostOrder' | 'sentOrder',
          (orderId: string) => void
        >;
        let isFirst = true;
        BroadcastChannel.prototype.postMessage = function (message: { kind?: string; orderId: string }) {
          const isLost = message.kind === 'order' && isFirst;
          if (message.kind === 'order') (isLost ? lostOrder : sentOrder)(message.orderId);
          isFirst &&= !isLost;
          if (!isLost) postMessage.call(this, message);
        };
      });
      expect(valueOf(await callAs(contacts, async ({ getConnection }) => getConnection()))).toBeNull();
      await until(() => sent.includes(lost[0]!));
    });

    it('gives null and shows nothing while nobody is signed in, and the session afterwards', async () => {
      const contacts = await appFrame(page, used.desk, 'contacts');
      const silent = () =>
        callAs(contacts, async ({ getConnection }) => (await getConnection())?.currentUser.Username ?? null);
      expect(valueOf(await silent())).toBeNull();
      expect(popups).toEqual([]);
      await signIn(page, alex);
      expect(valueOf(await silent())).toBe(alex.username);
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

    it('tells every app that the session has expired when the org ends it, and connecting again works', async () => {
      await signIn(page);
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
      expect(valueOf(await again)).toMatchObject({ user: 'Morgan Reed' });
      expect(valueOf(await request())).toMatchObject({ status: 200 });
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

  describe('on a desk where somebody is', () => {
    beforeEach(async () => {
      await open();
      await signIn(page);
    });
    afterEach(() => used.close(context));

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

    it('signs out for all apps at once and revokes the grant', async () => {
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
