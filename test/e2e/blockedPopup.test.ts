import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../support/chromium.ts';
import { startDesk, type Desk } from '../support/desk.ts';
import { appFrame, callAs, openDesk, signInOn, valueOf } from './deskPage.ts';

describe('a browser that blocks the sign-in window', () => {
  let desk: Desk;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    // Playwright switches Chromium's popup blocker off; here it is on, as for a person.
    [desk, browser] = await Promise.all([startDesk({ orgOptions: { loginCoop: 'same-origin' } }), launchChromium({ ignoreDefaultArgs: ['--disable-popup-blocking'] })]);
  });
  afterAll(async () => {
    await browser.close();
    await desk.stop();
  });
  beforeEach(async () => {
    page = await openDesk(await browser.newContext({ viewport: { width: 390, height: 800 } }), desk);
  });
  afterEach(() => page.context().close());

  /**
   * Connects without the person having clicked anything. Playwright gives whatever it runs in a page a user gesture, which
   * is good for five seconds, so the call is left to itself that long and nothing else is run meanwhile.
   */
  const connectUnasked = async () => {
    const frame = await appFrame(page, desk, 'contacts');
    const connecting = callAs(frame, async ({ connect }) => {
      await new Promise((resolve) => setTimeout(resolve, 6_000));
      return (await connect()).currentUser.Name;
    });
    return connecting;
  };

  it('is asked by a visible prompt whose button opens the window; it comes back although the org severs the opener', async () => {
    const connecting = connectUnasked();
    await new Promise((resolve) => setTimeout(resolve, 9_000));
    const button = page.getByRole('button', { name: 'Sign in to Salesforce' });
    await button.waitFor();
    expect(await button.evaluate((element) => element === document.activeElement)).toBe(true);
    const opened = page.waitForEvent('popup');
    await page.keyboard.press('Enter');
    await signInOn(await opened);
    expect(valueOf(await connecting)).toBe('Morgan Reed');
    await button.waitFor({ state: 'detached' });
  });

  it('lets the person cancel the prompt', async () => {
    const connecting = connectUnasked();
    await new Promise((resolve) => setTimeout(resolve, 9_000));
    await page.getByRole('button', { name: 'Sign in to Salesforce' }).waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    expect((await connecting).error).toMatchObject({ name: 'AuthorizationError', code: 'SIGN_IN_CANCELLED' });
  });

  it('fits a narrow window without scrolling sideways', async () => {
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    for (const site of ['contacts', 'account-360', 'intent-raiser'] as const) {
      const frame = await appFrame(page, desk, site);
      expect({ site, overflow: await frame.evaluate(() => Math.max(0, document.documentElement.scrollWidth - window.innerWidth)) }).toEqual({ site, overflow: 0 });
    }
  });
});
