import { jest } from '@jest/globals';
import type { BrowserContext, Page } from 'playwright-core';
import { defaultConsumerKey } from '../../sandbox/org/oauth/defaultClients.ts';
import { signIn } from '../../sandbox/testing/signIn.ts';
import { morgan } from '../support/orgBrowser.ts';
import { appFrame, callAs, openDesk, valueOf } from './deskPage.ts';
import { useDesk } from './useDesk.ts';

jest.setTimeout(90_000);

describe('signing in without a person', () => {
  const used = useDesk();
  let context: BrowserContext;
  let page: Page;
  let popups: Page[];

  const open = async (): Promise<void> => {
    page = await openDesk(context, used.desk);
    page.on('popup', (popup) => popups.push(popup));
  };
  const signedIn = () => page.getByText('Signed in', { exact: true }).waitFor();
  const silent = async () =>
    valueOf(
      await callAs(
        await appFrame(page, used.desk, 'contacts'),
        async ({ getConnection }) => (await getConnection())?.currentUser.Name ?? null,
      ),
    );
  const isNotSignedIn = async (): Promise<void> => {
    expect(await silent()).toBeNull();
    await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
    expect(popups).toEqual([]);
  };

  beforeAll(() =>
    used.desk.control.setApp(defaultConsumerKey, { adminApprovedOnly: true, approvedUsernames: [morgan.username] }),
  );
  beforeEach(async () => {
    context = await used.newContext();
    popups = [];
    await open();
    await signIn(page);
    popups = [];
  });
  afterEach(async () => {
    await used.desk.control.clearFaults();
    await used.close(context);
  });

  it('needs no click and no window where the org knows the person', async () => {
    await page.close();
    await open();
    await signedIn();
    expect(await silent()).toBe('Morgan Reed');
    expect(popups).toEqual([]);
  });

  it('says that nobody is signed in where the org does not know the person any more', async () => {
    await context.clearCookies();
    await page.reload();
    await isNotSignedIn();
  });

  it('says so where the org answers with a page that may not be framed', async () => {
    await used.desk.control.injectFault(
      {
        kind: 'answer',
        status: 200,
        contentType: 'text/html',
        body: '<h1>Log in</h1>',
        headers: { 'X-Frame-Options': 'DENY' },
      },
      { path: '^/services/oauth2/authorize', times: 'always' },
    );
    await page.reload();
    await isNotSignedIn();
  });

  describe('after signing out', () => {
    beforeEach(async () => {
      await page.getByRole('button', { name: /Sign out/ }).click();
      await isNotSignedIn();
    });

    it('does not sign in again whoever has signed out: after a reload, back and forward, in a new tab', async () => {
      await page.reload();
      await isNotSignedIn();
      await page.goto('about:blank');
      await page.goBack();
      await isNotSignedIn();
      await page.goForward();
      await page.close();
      await open();
      await isNotSignedIn();
    });

    it('asks who it is, whatever an app passes, and needs no click again once somebody has said so', async () => {
      for (const prompt of ['', 'select_account']) {
        const opened = page.waitForEvent('popup');
        await page.mouse.click(5, 5);
        const connecting = callAs(
          await appFrame(page, used.desk, 'contacts'),
          async ({ connect }, { orgUrl, key, prompt }) => (await connect(orgUrl, key, [], { prompt })).currentUser.Name,
          { orgUrl: used.desk.orgUrl, key: defaultConsumerKey, prompt },
        );
        const popup = await opened;
        await popup.getByText('or use another account').waitFor();
        if (prompt === '') await page.getByRole('button', { name: 'Cancel' }).click();
        else
          await popup
            .getByRole('button', { name: /Morgan Reed/ })
            .first()
            .click();
        if (prompt === '') expect((await connecting).error).toMatchObject({ code: 'SIGN_IN_CANCELLED' });
        else expect(valueOf(await connecting)).toBe('Morgan Reed');
      }
      popups = [];
      await page.close();
      await open();
      await signedIn();
      expect(popups).toEqual([]);
    });
  });
});
