import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { BrowserContext, Frame, Page } from 'playwright-core';
import type { DemoUser } from '../../sandbox/org/seed/demoUsers.ts';
import type { SiteName } from '../../sandbox/desk/sites.ts';
import { morgan } from '../support/orgBrowser.ts';
import type { Desk } from '../support/desk.ts';

const clientModule = path.resolve(import.meta.dirname, '../../dist/client/index.js');
/** Where the built client is put on each app's own origin, so that tests can call it as that app. */
const clientUrl = '/client-under-test.js';

/** The app's frame on the platform page, once it has joined the desktop. */
export async function appFrame(page: Page, desk: Desk, site: SiteName): Promise<Frame> {
  const element = await page.waitForSelector(`iframe[src^="${desk.origins[site]}"]`, { state: 'attached' });
  const frame = await element.contentFrame();
  if (!frame) throw new Error(`${site} has no frame`);
  await frame.waitForURL(`${desk.origins[site]}/**`);
  await frame.waitForFunction(() => 'fdc3' in window);
  return frame;
}

/** Opens the platform page and waits until the provider and the apps are there. */
export async function openDesk(context: BrowserContext, desk: Desk): Promise<Page> {
  await context.route(`**${clientUrl}`, (route) => route.fulfill({ contentType: 'text/javascript', body: readFileSync(clientModule, 'utf8') }));
  const page = await context.newPage();
  await page.goto(desk.url);
  for (const site of ['contacts', 'account-360', 'intent-raiser'] as const) await appFrame(page, desk, site);
  return page;
}

/** Goes through the org's pages in the window that is open for it, as far as they are shown: it may know the person already. */
export async function signInOn(popup: Page, user: DemoUser = morgan): Promise<void> {
  const username = popup.getByLabel('Username');
  const allow = popup.getByRole('button', { name: 'Allow' });
  const closed = new Promise<void>((resolve) => (popup.isClosed() ? resolve() : popup.once('close', () => resolve())));
  const shows = (what: typeof username) => what.waitFor().then(() => true, () => new Promise<never>(() => undefined));
  const asked = await Promise.race([shows(username.or(allow).first()), closed.then(() => false)]);
  if (asked && (await username.isVisible())) {
    await username.fill(user.username);
    await popup.getByLabel('Password').fill(user.password);
    await popup.getByRole('button', { name: 'Log in' }).click();
  }
  if (await Promise.race([shows(allow), closed.then(() => false)])) await allow.click();
}

/**
 * Presses Sign in on the platform's bar, once all apps have joined the desktop, and goes through the org's pages. Chromium,
 * with developer tools attached, loses messages to a page that opens a window: an app that is still joining would wait in vain.
 */
export async function signInFromBar(page: Page, user: DemoUser = morgan): Promise<void> {
  await page.waitForFunction(() => !document.body.innerText.includes('Connecting …'));
  const opened = page.waitForEvent('popup');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await signInOn(await opened, user);
  await page.getByText('Signed in', { exact: true }).waitFor();
}

/** Turns of the platform page's own clock, ten a second, in which it looks at a sign-in window. */
const looks = 8;

/** Until the platform page has looked at a sign-in window for as long as a person needs to read it, however slow the machine. */
export function seenBy(page: Page): Promise<void> {
  return page.evaluate((turns) => new Promise<void>((resolve) => {
    let left = turns;
    const clock = setInterval(() => {
      left -= 1;
      if (left > 0) return;
      clearInterval(clock);
      resolve();
    }, 100);
  }), looks);
}

export type Client = typeof import('../../src/client/index.ts');

/** What a call of the client came to, as data that leaves the browser. */
export type Settled<R> =
  | { value: R; error?: undefined }
  | { value?: undefined; error: { name: string; message: string; code?: string; reason?: string; status?: number; data?: unknown; isApiError: boolean } };

/**
 * Runs a function in an app's frame, as that app, with the built client. The function may use nothing of its
 * environment but its two parameters.
 */
export function callAs<R, A = undefined>(frame: Frame, work: (client: Client, args: A) => Promise<R>, args?: A): Promise<Settled<R>> {
  return frame.evaluate(`(async () => {
    const client = await import(${JSON.stringify(clientUrl)});
    try {
      return { value: await (${work.toString()})(client, ${JSON.stringify(args)}) };
    } catch (error) {
      const { name, message, code, reason, status, data } = error;
      return { error: { name, message, code, reason, status, data, isApiError: error instanceof client.ApiError } };
    }
  })()`);
}

/** The value of a call that has to succeed. */
export function valueOf<R>(settled: Settled<R>): R {
  if (settled.error) throw new Error(`Expected success, got ${settled.error.code}: ${settled.error.message}`);
  return settled.value;
}
