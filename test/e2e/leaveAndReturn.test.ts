import { jest } from '@jest/globals';
import type { BrowserContext, Frame, Page } from 'playwright-core';
import { signIn } from '../../sandbox/testing/signIn.ts';
import { launchChromium } from '../support/chromium.ts';
import { appFrame, openDesk } from './deskPage.ts';
import { useDesk } from './useDesk.ts';

jest.setTimeout(90_000);

/** With the back/forward cache that people's browsers have, and Playwright's does not. */
describe('a page that is left and comes back from the back/forward cache', () => {
  const used = useDesk({ providerOptions: { silentSignIn: false } }, () =>
    launchChromium({ ignoreDefaultArgs: ['--disable-back-forward-cache'] }),
  );
  let context: BrowserContext;
  let page: Page;

  beforeEach(async () => {
    context = await used.newContext({ viewport: { width: 1440, height: 900 } });
    // Whether the page was seen in the moment before it began anew, kept where the new one finds it.
    await context.addInitScript(() => {
      addEventListener('pageshow', ({ persisted }) => {
        if (persisted) sessionStorage.setItem('came back', String(document.documentElement.checkVisibility()));
      });
    });
  });
  afterEach(() => used.close(context));

  it('starts anew if it is the desk, and is not seen before', async () => {
    page = await openDesk(context, used.desk);
    await signIn(page);
    const contacts = await appFrame(page, used.desk, 'contacts');
    await contacts.locator('#contacts .list-item').first().waitFor();
    await page.evaluate(() => Object.assign(window, { asItWas: true }));
    await page.goto(`${used.desk.orgUrl}/services/data`);
    await page.goBack({ waitUntil: 'commit' });
    await page.waitForFunction(() => !('asItWas' in window));
    // Null where the browser has not kept it after all.
    expect([null, 'false']).toContain(await page.evaluate(() => sessionStorage.getItem('came back')));
    await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
    expect(await page.getByText('Signed in', { exact: true }).count()).toBe(0);
    const anew: Frame = await appFrame(page, used.desk, 'contacts');
    await anew.getByRole('button', { name: 'Connect to Salesforce' }).waitFor();
    await signIn(page);
  });

  it('starts anew if it is an app, the record view, the connection check or a page of the provider', async () => {
    const { contacts, 'record-view': recordView, provider } = used.desk.origins;
    for (const url of [
      `${contacts}/`,
      `${recordView}/`,
      `${used.desk.url}doctor.html`,
      `${provider}/`,
      `${provider}/device.html`,
    ]) {
      page = await context.newPage();
      await page.goto(url);
      // What the browser tells a page then. Whether it keeps a page that is still loading something is up to it.
      const came = page.evaluate(() => {
        dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
        dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
      });
      await page.waitForFunction(startedAnew);
      await came.catch(() => undefined);
      expect([url, await page.evaluate(() => sessionStorage.getItem('came back'))]).toEqual([url, 'false']);
      await page.close();
    }
  });
});

/** In the page: whether it came back, and was then loaded anew. */
function startedAnew(): boolean {
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  return sessionStorage.getItem('came back') !== null && navigation?.type === 'reload';
}
