import type { Page } from 'playwright-core';
import { signInOn } from '../../sandbox/testing/signIn.ts';
import { launchChromium } from '../support/chromium.ts';
import { morgan } from '../support/orgBrowser.ts';
import { appFrame, callAs, openDesk, valueOf } from './deskPage.ts';
import { useDesk } from './useDesk.ts';

describe('a browser that blocks the sign-in window', () => {
  // Playwright switches Chromium's popup blocker off; here it is on, as for a person.
  const used = useDesk({ orgOptions: { loginCoop: 'same-origin' } }, () =>
    launchChromium({ ignoreDefaultArgs: ['--disable-popup-blocking'] }),
  );
  let page: Page;

  beforeEach(async () => {
    page = await openDesk(await used.newContext({ viewport: { width: 390, height: 800 } }), used.desk);
  });
  afterEach(() => used.close(page.context()));

  /**
   * Connects without the person having clicked anything. Playwright gives whatever it runs in a page a user gesture: a
   * window opened and closed first uses it up for all frames, and from then on the page is only watched without one.
   */
  const connectUnasked = async () => {
    const frame = await appFrame(page, used.desk, 'contacts');
    const connecting = callAs(frame, ({ connect }) => {
      window.open('about:blank')?.close();
      return connect().then(({ currentUser }) => currentUser.Name);
    });
    await promptShown();
    return { outcome: connecting };
  };

  /** The DevTools protocol itself evaluates without a gesture. */
  const promptShown = async () => {
    const devTools = await page.context().newCDPSession(page);
    await devTools.send('Runtime.evaluate', {
      awaitPromise: true,
      expression: `new Promise((resolve) => {
        const look = () => document.querySelector('.sign-in button') && resolve();
        new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
        look();
      })`,
    });
    await devTools.detach();
  };

  it('is asked by a visible prompt whose button opens the window; it comes back although the org severs the opener', async () => {
    const { outcome } = await connectUnasked();
    const button = page.getByRole('button', { name: 'Sign in to Salesforce' });
    await button.waitFor();
    expect(await button.evaluate((element) => element === document.activeElement)).toBe(true);
    const opened = page.waitForEvent('popup');
    await page.keyboard.press('Enter');
    const popup = await opened;
    // Longer than a window has to read as closed before it counts as closed.
    await popup.getByLabel('Username').pressSequentially(morgan.username, { delay: 80 });
    await signInOn(popup);
    expect(valueOf(await outcome)).toBe('Morgan Reed');
    await button.waitFor({ state: 'detached' });
  });

  it('lets the person cancel the prompt', async () => {
    const { outcome } = await connectUnasked();
    await page.getByRole('button', { name: 'Sign in to Salesforce' }).waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    expect((await outcome).error).toMatchObject({ name: 'AuthorizationError', code: 'SIGN_IN_CANCELLED' });
  });

  it('fits a narrow window without scrolling sideways', async () => {
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    for (const site of ['contacts', 'account-360', 'intent-raiser'] as const) {
      const frame = await appFrame(page, used.desk, site);
      expect({
        site,
        overflow: await frame.evaluate(() => Math.max(0, document.documentElement.scrollWidth - window.innerWidth)),
      }).toEqual({ site, overflow: 0 });
    }
  });
});
