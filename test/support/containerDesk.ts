import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { describeSites, siteOrigins, type SiteName } from '../../sandbox/desk/sites.ts';
import { serveSites } from '../../src/sites/serve/serveSites.ts';
import { defaultConsumerKey } from '../../sandbox/org/oauth/defaultClients.ts';
import type { OrgOptions } from '../../sandbox/org/orgOptions.ts';
import { LeakWatch } from '../e2e/leaks/leakWatch.ts';
import { openOrigin, type Origin } from '../e2e/servePages.ts';
import {
  createContainerRuntime,
  type ContainerRuntime,
  type ContainerWindow,
} from '../../sandbox/container/containerRuntime.ts';
import { startTestOrg, type TestOrg } from './org.ts';
import { freePorts } from './desk.ts';

export const providerUuid = 'salesforce-interop';
/** Applications that the provider's configuration allows. */
export const allowedUuids = ['contacts-app', 'research-app'] as const;

const servedSites: readonly SiteName[] = ['provider', 'record-view'];
/** Origins of the desk's directory, at which this desk has pages of the tests' own. */
export type AppSite = 'contacts' | 'account-360';
const clientModule = path.resolve(import.meta.dirname, '../../dist/client/index.js');

export interface ContainerDesk {
  org: TestOrg;
  /** Sees all that happens in the runtimes of this desk. */
  watch: LeakWatch;
  /** The provider's configuration in its manifest. */
  configuration: Record<string, unknown>;
  /** The manifest that launches the provider, with the configuration changed where `changes` says so. */
  providerManifest(changes?: Record<string, unknown>): Record<string, unknown>;
  /** A runtime of its own (cookies, windows) in which the provider runs. */
  startRuntime(
    browser: Browser,
    changes?: Record<string, unknown>,
  ): Promise<{ runtime: ContainerRuntime; provider: ContainerWindow }>;
  /** Where the provider's ticket page is. */
  ticketUrl: string;
  /** Origins of apps; what they serve can be added to. */
  apps: Record<AppSite, Origin>;
  /** An application whose page, of Contacts' origin, has the built client at `/client-under-test.js`. */
  launchApp(runtime: ContainerRuntime, uuid: string, site?: AppSite): Promise<ContainerWindow>;
  stop(): Promise<void>;
}

async function serveApp(origin: string): Promise<Origin> {
  const app = await openOrigin(Number(new URL(origin).port));
  app.files.set('/', { type: 'text/html', body: '<!doctype html><title>App</title><h1>App</h1>' });
  app.files.set('/client-under-test.js', { type: 'text/javascript', body: readFileSync(clientModule) });
  return app;
}

/** The embedded org, the built provider and record view on origins of their own, and pages for apps. */
export async function startContainerDesk(orgOptions: OrgOptions = {}): Promise<ContainerDesk> {
  const port = await freePorts(8);
  const placed = Object.fromEntries(
    siteOrigins({ port, orgPort: 0 }).map(({ name, origin }) => [name, origin]),
  ) as Record<SiteName, string>;
  const { provider, 'record-view': recordView } = placed;
  const org = await startTestOrg({
    contacts: 200,
    allowedOrigins: [provider],
    redirectUris: [`${provider}/signed-in.html`],
    ...orgOptions,
  });
  const environment = {
    port,
    orgPort: 0,
    realOrg: undefined,
    control: true,
    contacts: undefined,
    orgOptions: {},
    providerOptions: {},
  };
  const sites = describeSites(environment, org.url).filter(({ name }) => servedSites.includes(name));
  const closeSites = await serveSites(sites);
  const apps = { contacts: await serveApp(placed.contacts), 'account-360': await serveApp(placed['account-360']) };

  const configuration = {
    orgs: [{ orgUrl: org.url, consumerKey: defaultConsumerKey, embedded: true }],
    redirectUri: `${provider}/signed-in.html`,
    recordViewUrl: `${recordView}/`,
    extraOrgOrigins: [org.url],
    allowedApps: [
      ...allowedUuids.map((uuid) => ({ name: uuid, uuid, appId: uuid })),
      {
        name: 'Record view',
        uuid: providerUuid,
        windowName: 'salesforce-record-*',
        origin: recordView,
        role: 'recordView',
      },
    ],
  };
  const providerManifest = (changes: Record<string, unknown> = {}): Record<string, unknown> => ({
    platform: {
      uuid: providerUuid,
      name: providerUuid,
      providerUrl: `${provider}/`,
      autoShow: false,
      preventQuitOnLastWindowClosed: true,
    },
    customSettings: { salesforceInterop: { ...configuration, ...changes } },
  });

  const watch = new LeakWatch(org.url, { container: true });

  return {
    org,
    watch,
    configuration,
    ticketUrl: `${provider}/ticket.html`,
    apps,
    providerManifest,
    async startRuntime(browser, changes) {
      const runtime = await createContainerRuntime(browser, {}, watch);
      const window = await runtime.launch({
        manifest: providerManifest(changes),
        uuid: providerUuid,
        url: `${provider}/`,
      });
      return { runtime, provider: window };
    },
    async launchApp(runtime, uuid, site = 'contacts') {
      const app = await runtime.launch({ manifest: {}, uuid, url: `${apps[site].url}/`, autoShow: true });
      await app.page.waitForLoadState();
      return app;
    },
    async stop() {
      await Promise.all([closeSites(), ...Object.values(apps).map((app) => app.close()), org.stop()]);
    },
  };
}
