import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { openOrigin, type Origin } from '../e2e/servePages.ts';
import { defaultConsumerKey, salesforceSuccessUri } from '../../sandbox/org/oauth/defaultClients.ts';
import type { DemoUser } from '../../sandbox/org/seed/demoUsers.ts';
import type { OrgOptions } from '../../sandbox/org/orgOptions.ts';
import { launchHeadlessShell } from './chromium.ts';
import { createContainerRuntime, type ContainerRuntime } from '../../sandbox/container/containerRuntime.ts';
import { startTestOrg, type TestOrg } from './org.ts';
import { morgan } from './orgBrowser.ts';

/** The org's name as `@openfin/salesforce` must see it: it takes no port and no other domain. */
export const peerOrgUrl = 'https://northbridge.my.salesforce.com';
export const peerUuid = 'peer-app';
/** Name that the package gives its sign-in window. */
export const peerSignInWindow = 'oauth-api-auth-flow';

const moduleFile = path.resolve(import.meta.dirname, '../../node_modules/@openfin/salesforce/openfin.salesforce.mjs');
const modulePath = '/openfin.salesforce.mjs';

export type Peer = typeof import('@openfin/salesforce');

/** A page with the package's own module, unmodified, on an origin of its own. */
export async function servePeerPage(): Promise<Origin> {
  const origin = await openOrigin();
  origin.files.set('/', { type: 'text/html', body: '<!doctype html><title>Peer</title>' });
  origin.files.set(modulePath, { type: 'text/javascript', body: readFileSync(moduleFile) });
  return origin;
}

/** Chromium's arguments that lead Salesforce's host names to an embedded org started with `https: true`. */
export function argumentsToReach(org: Pick<TestOrg, 'httpsPort'>): string[] {
  return [`--host-resolver-rules=MAP *.salesforce.com 127.0.0.1:${org.httpsPort}`, '--ignore-certificate-errors'];
}

/** Opens the page as an application of the runtime. */
export async function openPeerPage(runtime: ContainerRuntime, origin: Pick<Origin, 'url'>): Promise<Page> {
  const { page } = await runtime.launch({ manifest: {}, uuid: peerUuid, url: `${origin.url}/`, autoShow: true });
  await page.waitForLoadState();
  return page;
}

export interface PeerError {
  name: string;
  message: string;
  status?: number;
  data?: unknown;
}
export type PeerSettled<R> = { value: R; error?: undefined } | { value?: undefined; error: PeerError };

/**
 * Runs a function in the page with the package. It may use nothing of its environment but its parameters; the page
 * keeps what it puts on `globalThis`.
 */
export function callPeer<R, A = undefined>(
  page: Page,
  work: (peer: Peer, args: A) => Promise<R>,
  args?: A,
): Promise<PeerSettled<R>> {
  return page.evaluate(`(async () => {
    const peer = await import(${JSON.stringify(modulePath)});
    try {
      return { value: await (${work.toString()})(peer, ${JSON.stringify(args)}) };
    } catch ({ name, message, status, data }) {
      return { error: { name, message, status, data } };
    }
  })()`);
}

/** Goes through the org's pages in the package's sign-in window, which it shows after two seconds. */
export async function signInPeer(runtime: ContainerRuntime, { username, password }: DemoUser = morgan): Promise<void> {
  const { page } = await runtime.shownWindow(peerSignInWindow);
  await page.getByLabel('Username').fill(username);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Log in' }).click();
  const allow = page.getByRole('button', { name: 'Allow' });
  await Promise.race([allow.waitFor().then(() => allow.click()), page.waitForEvent('close')]).catch(
    (error: unknown) => {
      if (!page.isClosed()) throw error;
    },
  );
}

/**
 * The app in the org, with the scopes the package asks for and no more: its silent `getConnection` names none, which
 * means all the app has, and succeeds only if the person has approved all of them.
 */
export const peerApp: NonNullable<OrgOptions['clients']>[number] = {
  consumerKey: defaultConsumerKey,
  name: 'Peer',
  redirectUris: [salesforceSuccessUri],
  scopes: ['api', 'refresh_token'],
};

export interface PeerDesk {
  org: TestOrg;
  browser: Browser;
  origin: Origin;
  /** A runtime of its own (cookies, windows) with the page in it. */
  open(): Promise<{ runtime: ContainerRuntime; page: Page }>;
  stop(): Promise<void>;
}

/**
 * An embedded org reached under Salesforce's name, a Chromium that finds it there, and the page that uses the package.
 */
export async function startPeerDesk(orgOptions: OrgOptions = {}): Promise<PeerDesk> {
  const origin = await servePeerPage();
  const org = await startTestOrg({
    contacts: 200,
    https: true,
    allowedOrigins: [origin.url],
    clients: [peerApp],
    ...orgOptions,
  });
  const browser = await launchHeadlessShell({ args: argumentsToReach(org) });
  return {
    org,
    browser,
    origin,
    async open() {
      const runtime = await createContainerRuntime(browser);
      return { runtime, page: await openPeerPage(runtime, origin) };
    },
    async stop() {
      await browser.close();
      await Promise.all([org.stop(), origin.close()]);
    },
  };
}
