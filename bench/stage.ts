import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { PortTakenError, serveSites } from '../src/sites/serve/serveSites.ts';
import { describeSites, siteOrigins, type Site } from '../sandbox/desk/sites.ts';
import { defaultConsumerKey } from '../sandbox/org/oauth/defaultClients.ts';
import { bundlePages, type Origin } from '../test/e2e/servePages.ts';
import { launchChromium } from '../test/support/chromium.ts';
import { createContainerRuntime, type ContainerRuntime } from '../sandbox/container/containerRuntime.ts';
import { startOrgProcess, type OrgProcess } from '../test/support/org.ts';
import { argumentsToReach, peerOrgUrl, servePeerPage } from '../test/support/peerPage.ts';
import { defaultRedirectUri, morgan } from '../test/support/orgBrowser.ts';
import { serveAppPages } from './appPages.ts';
import type { Network } from './report.ts';
import { attendSignIns, type Person } from './person.ts';

/** Where every variant reaches the org, by the same name and the same TLS listener. */
export const orgUrl = peerOrgUrl;

/** The sites of the desk whose pages are replaced by ones that only join the desktop. */
export const appSites = ['contacts', 'account-360', 'intent-raiser'] as const;

export interface StageOptions {
  /** What the org speaks to browsers. */
  protocol: Network['protocol'];
  contacts: number;
  /** How often a person may have approved one app at a time; Salesforce's five if left out. */
  approvals?: number;
  /** More response headers of the provider's site. */
  providerHeaders?: Record<string, string>;
}

/** tsx wraps functions in calls of `__name`, which a page that is handed one of ours has to know. */
const keepNames = { content: 'globalThis.__name ??= (value) => value;' };

export interface Stage {
  org: OrgProcess;
  /** Origin of the pages with `@openfin/salesforce` and with bare `fetch`. */
  otherOrigin: string;
  browser: Browser;
  providerOrigin(binding: 'dpop' | 'bearer'): string;
  /**
   * A browser profile of its own with the platform page open in it.
   *
   * @param script runs in each of its pages and frames before their own
   */
  openDesk(
    binding?: 'dpop' | 'bearer',
    script?: string,
  ): Promise<{ page: Page; person: Person; appOrigins: readonly string[]; close(): Promise<void> }>;
  /** A runtime of its own, with no application in it. */
  openRuntime(): Promise<{ runtime: ContainerRuntime; person: Person }>;
  /** A page in a profile of its own. */
  openPlainPage(): Promise<Page>;
  close(): Promise<void>;
}

/** One org process and one Chromium for all that is compared, with the built desk served from this process. */
export async function openStage({ protocol, contacts, approvals, providerHeaders }: StageOptions): Promise<Stage> {
  const closing: (() => Promise<unknown>)[] = [];
  const close = async (): Promise<void> => {
    for (const step of closing.toReversed()) await step();
  };
  try {
    const desks = {
      dpop: await serveDesk('preferred', providerHeaders),
      bearer: await serveDesk('off', providerHeaders),
    };
    closing.push(desks.dpop.closeSites, desks.bearer.closeSites);
    const providers = Object.values(desks).map(({ originOf }) => originOf('provider'));
    const peerPages: Origin = await servePeerPage();
    closing.push(() => peerPages.close());
    const org = await startOrgProcess({
      https: true,
      http2: protocol === 'HTTP/2',
      contacts,
      allowedOrigins: [...providers, peerPages.url],
      redirectUris: [...providers.map((provider) => `${provider}/signed-in.html`), defaultRedirectUri],
      // A call each quarter of an hour would keep a sliding session alive, so that no token would be refreshed all day.
      sessionTimeout: 'fixed',
      // A run asks for more than a day of a small org has, and near its end ours would hold back on purpose.
      dailyApiRequests: 10_000_000,
      ...(approvals !== undefined && { maxApprovalsPerUserAndApp: approvals }),
    });
    closing.push(() => org.stop());
    const browser: Browser = await launchChromium({ args: argumentsToReach(org) });
    closing.push(() => browser.close());

    return {
      org,
      browser,
      providerOrigin: (binding) => desks[binding].originOf('provider'),
      otherOrigin: peerPages.url,
      async openDesk(binding = 'dpop', script) {
        const { originOf } = desks[binding];
        const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
        await context.addInitScript(keepNames);
        if (script !== undefined) await context.addInitScript(script);
        const person = attendSignIns(context, orgUrl, morgan);
        const page = await context.newPage();
        await page.goto(`${originOf('platform')}/`);
        return { page, person, appOrigins: appSites.map(originOf), close: () => context.close() };
      },
      async openRuntime() {
        const runtime = await createContainerRuntime(browser);
        await runtime.context.addInitScript(keepNames);
        return { runtime, person: attendSignIns(runtime.context, orgUrl, morgan) };
      },
      async openPlainPage() {
        const context = await browser.newContext();
        await context.addInitScript(keepNames);
        const page = await context.newPage();
        await page.goto(`${peerPages.url}/`);
        return page;
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The desk as it is set up for a real org, on the first free ports. */
async function serveDesk(
  dpop: 'preferred' | 'off',
  providerHeaders: Record<string, string> = {},
): Promise<{ originOf: (name: Site['name']) => string; closeSites: () => Promise<void> }> {
  const bundled = await bundlePages([path.join(import.meta.dirname, 'deskAppPage.ts')]);
  const client = readFileSync(path.join(import.meta.dirname, '../dist/client/index.js'));
  const isApp = ({ name }: Site): boolean => (appSites as readonly string[]).includes(name);
  for (let port = 20_000 + Math.floor(Math.random() * 20_000); ; port += siteOrigins({ port, orgPort: 0 }).length) {
    const realOrg = { orgUrl, consumerKey: defaultConsumerKey };
    const environment = {
      port,
      orgPort: 0,
      realOrg,
      control: false,
      contacts: undefined,
      orgOptions: {},
      // A session ends with the last app that uses it, as the peer's does: the next connect is then a first one.
      providerOptions: { orgs: [{ orgUrl, consumerKey: defaultConsumerKey, dpop }], lingerMs: 0 },
    };
    const sites = describeSites(environment, orgUrl).map((site) => withHeaders(site, providerHeaders));
    try {
      const closeOwn = await serveSites(sites.filter((site) => !isApp(site)));
      const closeApps = await serveAppPages(sites.filter(isApp), { script: bundled('deskAppPage'), client }).catch(
        async (error: unknown) => {
          await closeOwn();
          throw error;
        },
      );
      const originOf = (name: Site['name']): string => sites.find((site) => site.name === name)!.origin;
      return { originOf, closeSites: async () => void (await Promise.all([closeOwn(), closeApps()])) };
    } catch (error) {
      if (!(error instanceof PortTakenError)) throw error;
    }
  }
}

function withHeaders(site: Site, more: Record<string, string>): Site {
  if (site.name !== 'provider') return site;
  const { exactly, otherwise } = site.headers;
  return {
    ...site,
    headers: {
      exactly: Object.fromEntries(Object.entries(exactly).map(([path, headers]) => [path, { ...headers, ...more }])),
      otherwise: { ...otherwise, ...more },
    },
  };
}
