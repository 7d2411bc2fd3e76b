import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { BrowserContext, Frame, Page } from 'playwright-core';
import type { SiteName } from '../../sandbox/desk/sites.ts';
import type { Desk } from '../support/desk.ts';
import { authorizeUrl, morgan, newPkce, OrgBrowser } from '../support/orgBrowser.ts';

const clientModule = path.resolve(import.meta.dirname, '../../dist/client/index.js');
/** Where the built client is put on each app's own origin, so that tests can call it as that app. */
const clientUrl = '/client-under-test.js';

/** An app that hears nothing asks two more times, after 15 s each (`connectDesktop`). */
const joinedWithinMs = 50_000;

/** The app's frame on the platform page, once it has joined the desktop. */
export async function appFrame(page: Page, desk: Desk, site: SiteName): Promise<Frame> {
  const element = await page.waitForSelector(`iframe[src^="${desk.origins[site]}"]`, { state: 'attached' });
  const frame = await element.contentFrame();
  if (!frame) throw new Error(`${site} has no frame`);
  await frame.waitForURL(`${desk.origins[site]}/**`);
  await frame.waitForFunction(() => 'fdc3' in window, undefined, { timeout: joinedWithinMs });
  return frame;
}

/** Opens the platform page and waits until the provider and the apps are there. */
export async function openDesk(context: BrowserContext, desk: Desk): Promise<Page> {
  let served: Promise<unknown> | undefined;
  if (!clientOf.has(context)) clientOf.set(context, () => (served ??= serveClient(context)));
  const page = await context.newPage();
  await page.goto(desk.url);
  for (const site of ['contacts', 'account-360', 'intent-raiser'] as const) await appFrame(page, desk, site);
  return page;
}

/**
 * Opens the platform page in a browser in which a person is signed in at the org and has approved the app: the provider
 * signs in unseen. For tests of what comes after a sign-in, at a fifth less processor time than by the org's pages.
 */
export async function openSignedIn(
  context: BrowserContext,
  desk: Desk,
  user: Pick<typeof morgan, 'username' | 'password'> = morgan,
): Promise<Page> {
  const atOrg = new OrgBrowser(desk.orgUrl);
  const asked = { redirect_uri: `${desk.origins.provider}/signed-in.html`, scope: 'api refresh_token' };
  await atOrg.signIn(authorizeUrl(desk.orgUrl, newPkce(), asked), user);
  const { hostname: domain } = new URL(desk.orgUrl);
  await context.addCookies(
    atOrg.cookies.map((cookie) => ({ ...cookie, domain, httpOnly: true, sameSite: 'Lax' as const })),
  );
  const page = await openDesk(context, desk);
  await page.getByText('Signed in', { exact: true }).waitFor();
  return page;
}

/** Turns of the platform page's own clock, ten a second, in which it looks at a sign-in window. */
const looks = 8;

/**
 * Until the platform page has looked at a sign-in window for as long as a person needs to read it, however slow the
 * machine.
 */
export function seenBy(page: Page): Promise<void> {
  return page.evaluate(
    (turns) =>
      new Promise<void>((resolve) => {
        let left = turns;
        const clock = setInterval(() => {
          left -= 1;
          if (left > 0) return;
          clearInterval(clock);
          resolve();
        }, 100);
      }),
    looks,
  );
}

export type Client = typeof import('../../src/client/index.ts');

/** What a call of the client came to, as data that leaves the browser. */
export type Settled<R> =
  | { value: R; error?: undefined }
  | {
      value?: undefined;
      error: {
        name: string;
        message: string;
        code?: string;
        reason?: string;
        status?: number;
        data?: unknown;
        isApiError: boolean;
      };
    };

/**
 * Has the client at the origin of each app. Only once it is needed: a browser whose requests are looked through has no
 * cache, and takes longer for each.
 */
const serveClient = (context: BrowserContext): Promise<unknown> =>
  context.route(`**${clientUrl}`, (route) =>
    route.fulfill({ contentType: 'text/javascript', body: readFileSync(clientModule, 'utf8') }),
  );
/** What has the client in a browser with a desk: called once. */
const clientOf = new WeakMap<BrowserContext, () => Promise<unknown>>();

/**
 * Runs a function in an app's frame, as that app, with the built client. The function may use nothing of its
 * environment but its two parameters.
 */
export async function callAs<R, A = undefined>(
  frame: Frame,
  work: (client: Client, args: A) => Promise<R>,
  args?: A,
): Promise<Settled<R>> {
  await clientOf.get(frame.page().context())?.();
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
