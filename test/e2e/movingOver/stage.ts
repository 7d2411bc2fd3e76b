import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { describeSites, siteOrigins, type SiteName } from '../../../sandbox/desk/sites.ts';
import { serveSites } from '../../../src/sites/serve/serveSites.ts';
import { defaultConsumerKey, salesforceSuccessUri } from '../../../sandbox/org/oauth/defaultClients.ts';
import type { OrgOptions } from '../../../sandbox/org/orgOptions.ts';
import { launchHeadlessShell } from '../../support/chromium.ts';
import { createContainerRuntime, type ContainerRuntime } from '../../../sandbox/container/containerRuntime.ts';
import { freePorts } from '../../support/desk.ts';
import { startTestOrg, type TestOrg } from '../../support/org.ts';
import { alex, morgan } from '../../support/orgBrowser.ts';
import { argumentsToReach, peerApp, peerOrgUrl, peerSignInWindow, servePeerPage } from '../../support/peerPage.ts';
import { openOrigin, type Origin } from '../servePages.ts';
import { callIn, packages, type Given, type Place } from './outcome.ts';
import { recordOrg, type ArrivedRequest } from './recordingOrg.ts';

export const login = [peerOrgUrl, defaultConsumerKey] as const;

/**
 * Connects in both pages, which keep the connection. Somebody signs in on the vendor's window, without waiting to be
 * shown it; ours finds that the org knows them.
 */
export async function connectBoth({ runtime, pages }: Runtime): Promise<void> {
  const connect = async ({ api }: Given, [orgUrl, key]: typeof login): Promise<string | null> => {
    const connection = await api.connect(orgUrl, key);
    Object.assign(globalThis, { connection });
    return connection.currentUser.Name;
  };
  const there = callIn(pages.there, 'there', connect, login);
  const { page } = await runtime.until('Opening the sign-in window', () =>
    runtime.windows().findLast(({ name, closed }) => name === peerSignInWindow && !closed),
  );
  await page.getByLabel('Username').fill(morgan.username);
  await page.getByLabel('Password').fill(morgan.password);
  await page.getByRole('button', { name: 'Log in' }).click();
  const names = [await there, await callIn(pages.here, 'here', connect, login)];
  if (names.some(({ answer }) => answer !== 'Morgan Reed')) throw new Error(`Not connected: ${JSON.stringify(names)}`);
}
const servedSites: readonly SiteName[] = ['provider', 'record-view'];
/**
 * Applications; those of `here` are named by the provider's configuration, and the first may ask for the scope `id`.
 */
const uuids = { there: ['peer-app', 'second-peer-app'], here: ['moved-app', 'second-moved-app'] } as const;
const providerUuid = 'salesforce-interop';

export interface Stage {
  org: TestOrg;
  providerOrigin: string;
  /** What reached the org since this was asked last, without preflights. */
  arrived(): ArrivedRequest[];
  /**
   * A runtime of its own, with an app that uses `@openfin/salesforce` and one that uses ours, and a provider for that.
   *
   * @param configuration of the provider, where it is not the stage's; `undefined` leaves a member out. `false`: no
   *   provider.
   */
  openRuntime(configuration?: Record<string, unknown> | false): Promise<Runtime>;
  stop(): Promise<void>;
}

export interface Runtime {
  runtime: ContainerRuntime;
  pages: Record<Place, Page>;
  /** Starts one more application with that package: the second that is allowed, or one with another uuid. */
  launchAnother(place: Place, uuid?: string): Promise<Page>;
}

/** Nobody is asked for approval: where a person acts is not what is compared. */
const approved = { adminApprovedOnly: true, approvedUsernames: [morgan.username, alex.username] };

/** One embedded org, which both packages reach by the same name, and one Chromium with both packages in it. */
export async function openStage(orgOptions: OrgOptions = {}): Promise<Stage> {
  const port = await freePorts(8);
  const origins = Object.fromEntries(
    siteOrigins({ port, orgPort: 0 }).map(({ name, origin }) => [name, origin]),
  ) as Record<SiteName, string>;
  const redirectUri = `${origins.provider}/signed-in.html`;
  const peerPages = await servePeerPage();
  const ourPages = await serveOurPage();
  const org = await startTestOrg({
    contacts: 300,
    https: true,
    allowedOrigins: [peerPages.url, origins.provider],
    clients: [
      {
        ...peerApp,
        redirectUris: [salesforceSuccessUri, redirectUri],
        scopes: ['api', 'refresh_token', 'id'],
        ...approved,
      },
    ],
    ...orgOptions,
  });
  const recorder = await recordOrg(org.httpsPort!);
  const environment = {
    port,
    orgPort: 0,
    realOrg: { orgUrl: peerOrgUrl, consumerKey: defaultConsumerKey },
    control: false,
    contacts: undefined,
    orgOptions: {},
    providerOptions: {},
  };
  const closeSites = await serveSites(
    describeSites(environment, peerOrgUrl).filter(({ name }) => servedSites.includes(name)),
  );
  const browser: Browser = await launchHeadlessShell({ args: argumentsToReach({ httpsPort: recorder.port }) });

  const manifestWith = (configuration: Record<string, unknown>): Record<string, unknown> => ({
    platform: { uuid: providerUuid, name: providerUuid, providerUrl: `${origins.provider}/`, autoShow: false },
    customSettings: {
      salesforceInterop: {
        // Tokens that are bound to a key carry a proof of their own in each request: of all calls the same difference.
        orgs: [{ orgUrl: peerOrgUrl, consumerKey: defaultConsumerKey, dpop: 'off' }],
        redirectUri,
        recordViewUrl: `${origins['record-view']}/`,
        allowedApps: uuids.here.map((uuid, index) => ({
          name: uuid,
          uuid,
          appId: uuid,
          ...(index === 0 && { scopes: ['id'] }),
        })),
        // The version that @openfin/salesforce 2.3.0 is tied to.
        apiVersion: '56.0',
        ...configuration,
      },
    },
  });

  return {
    org,
    providerOrigin: origins.provider,
    arrived: () => recorder.take().filter(({ method }) => method !== 'OPTIONS'),
    async openRuntime(configuration = {}) {
      const runtime = await createContainerRuntime(browser);
      if (configuration)
        await runtime.launch({
          manifest: manifestWith(configuration),
          uuid: providerUuid,
          url: `${origins.provider}/`,
        });
      const launch = async (place: Place, uuid: string): Promise<Page> => {
        const { url } = place === 'there' ? peerPages : ourPages;
        const { page } = await runtime.launch({ manifest: {}, uuid, url: `${url}/`, autoShow: true });
        await page.waitForLoadState();
        return page;
      };
      const pages = { there: await launch('there', uuids.there[0]), here: await launch('here', uuids.here[0]) };
      return { runtime, pages, launchAnother: (place, uuid = uuids[place][1]) => launch(place, uuid) };
    },
    async stop() {
      await browser.close();
      await Promise.all([closeSites(), recorder.close(), peerPages.close(), ourPages.close(), org.stop()]);
    },
  };
}

async function serveOurPage(): Promise<Origin> {
  const origin = await openOrigin();
  origin.files.set('/', { type: 'text/html', body: '<!doctype html><title>Moved app</title>' });
  origin.files.set(packages.here, {
    type: 'text/javascript',
    body: readFileSync(path.resolve(import.meta.dirname, '../../../dist/client/index.js')),
  });
  return origin;
}
