import type { Page } from 'playwright-core';
import { demoUsers, type DemoUser } from '../org/seed/demoUsers.ts';

/** Who signs in at the embedded org's login page. */
export type Credentials = Pick<DemoUser, 'username' | 'password'>;

/**
 * Signs a person in on a desk's platform page: presses Sign in once all apps have joined the desktop, and goes through
 * the org's pages in the window that opens. Settles when the desktop says that it is signed in.
 *
 * Chromium, with developer tools attached, loses messages to a page that opens a window: an app that is still joining
 * would wait in vain.
 *
 * @param page The platform page, open at the desk's `url`.
 * @param user The first of the org's users, an administrator, when left out.
 * @throws Playwright's TimeoutError, after the time that the page was given for waiting, when an app does not join,
 *   no window opens, or the person does not get in.
 */
export async function signIn(page: Page, user: Credentials = demoUsers[0]!): Promise<void> {
  const apps = await page.evaluate(
    async () => ((await (await fetch('/config.json')).json()) as { openApps: unknown[] }).openApps.length,
  );
  // The page may not have put its apps there yet.
  await page.waitForFunction(
    (count) => document.querySelectorAll('.pane').length >= count && !document.body.innerText.includes('Connecting …'),
    apps,
  );
  const opened = page.waitForEvent('popup');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await signInOn(await opened, user);
  await page.getByText('Signed in', { exact: true }).waitFor();
}

/**
 * Goes through the org's pages in a sign-in window, as far as they are shown: the org may know the person already.
 * Settles when there is nothing left to do in it.
 *
 * @param popup Whatever page has the org's login: a window that an app's own sign-in button opened, too.
 * @param user The first of the org's users, an administrator, when left out.
 */
export async function signInOn(popup: Page, user: Credentials = demoUsers[0]!): Promise<void> {
  const username = popup.getByLabel('Username');
  const allow = popup.getByRole('button', { name: 'Allow' });
  const closed = new Promise<void>((resolve) => (popup.isClosed() ? resolve() : popup.once('close', () => resolve())));
  const shows = (what: typeof username) =>
    what.waitFor().then(
      () => true,
      () => new Promise<never>(() => undefined),
    );
  const asked = await Promise.race([shows(username.or(allow).first()), closed.then(() => false)]);
  if (asked && (await username.isVisible())) {
    await username.fill(user.username);
    await popup.getByLabel('Password').fill(user.password);
    await popup.getByRole('button', { name: 'Log in' }).click();
  }
  if (await Promise.race([shows(allow), closed.then(() => false)])) await allow.click();
}
