import path from 'node:path';
import type { DesktopAgent } from '@finos/fdc3';
import type { BrowserContext, Frame, FrameLocator, Page } from 'playwright-core';
import { defaultConsumerKey } from '../../sandbox/org/oauth/defaultClients.ts';
import { signInOn } from '../../sandbox/testing/signIn.ts';
import { siteFolder } from '../../sandbox/desk/sites.ts';
import type { ControlClient } from '../../sandbox/org/control/controlClient.ts';
import { describeSites } from '../../src/sites/describeSites.ts';
import { parseDesktopConfiguration, type DesktopConfigurationInput } from '../../src/sites/desktopConfiguration.ts';
import { serveSites } from '../../src/sites/serve/serveSites.ts';
import { freePorts } from '../support/desk.ts';
import { startTestOrg } from '../support/org.ts';
import { addPage, bundlePages, openOrigin } from './servePages.ts';

declare const fdc3: DesktopAgent;

export interface ForeignDesk {
  /** The page of the desktop, whose agent is of another maker. */
  url: string;
  origins: { provider: string; recordView: string };
  orgUrl: string;
  control: ControlClient;
  stop(): Promise<void>;
}

interface ForeignDeskOptions {
  /** Apps that the desktop opens by itself. */
  opens?: readonly string[];
  /** Whether its agent says which app has raised an intent. */
  namesSource?: boolean;
  platform?: Partial<DesktopConfigurationInput['platform']>;
}

/**
 * A desktop by `@morgan-stanley/fdc3-web` with an app that knows nothing but the standard, and the built provider and
 * record view as `salesforce-interop build` would have them served there.
 */
export async function startForeignDesk({
  opens = ['salesforce-interop', 'blotter'],
  namesSource = true,
  platform = {},
}: ForeignDeskOptions = {}): Promise<ForeignDesk> {
  const [root, app, firstPort] = await Promise.all([openOrigin(), openOrigin(), freePorts(2)]);
  const origins = { provider: `http://localhost:${firstPort}`, recordView: `http://localhost:${firstPort + 1}` };
  const org = await startTestOrg({
    allowedOrigins: [origins.provider],
    redirectUris: [`${origins.provider}/signed-in.html`],
  });
  const sites = describeSites(
    parseDesktopConfiguration({
      platform: { origin: root.url, agent: 'fdc3', ...platform },
      provider: { origin: origins.provider },
      recordView: { origin: origins.recordView },
      salesforce: {
        orgs: [{ orgUrl: org.url, consumerKey: defaultConsumerKey, embedded: true }],
        extraOrgOrigins: [org.url],
      },
      apps: [{ appId: 'blotter@localhost', title: 'Blotter', url: `${app.url}/app.html`, usesSalesforce: true }],
    } satisfies DesktopConfigurationInput),
  );
  const closeSites = await serveSites(
    sites.map((site) => ({ ...site, folder: siteFolder(site.name as 'provider' | 'record-view') })),
  );
  const script = await bundlePages(
    ['foreignRoot', 'foreignApp'].map((name) => path.join(import.meta.dirname, 'pages', `${name}.ts`)),
  );
  addPage(root, '/root.html', script('foreignRoot'));
  addPage(app, '/app.html', script('foreignApp'));
  const { applications } = sites.find(({ name }) => name === 'provider')!.documents['/appd.json'] as {
    applications: { appId: string }[];
  };
  const record = (appId: string, url: string) => ({ appId, title: appId, type: 'web', details: { url } });
  const directory = [
    record('desk', `${root.url}/root.html`),
    record('blotter', `${app.url}/app.html`),
    record('stranger', `${app.url}/stranger.html`),
    ...applications,
  ];
  addPage(app, '/stranger.html', script('foreignApp'));
  const serveJson = (file: string, value: unknown) =>
    root.files.set(file, { type: 'application/json', body: JSON.stringify(value) });
  serveJson('/appd.json', { applications: directory });
  serveJson('/desk.json', { opens, namesSource });
  return {
    url: `${root.url}/root.html`,
    origins,
    orgUrl: org.url,
    control: org.control,
    async stop() {
      await Promise.all([closeSites(), org.stop(), root.close(), app.close()]);
    },
  };
}

/** Opens the desktop's page, once its agent is there. */
export async function openForeignDesk(context: BrowserContext, desk: ForeignDesk): Promise<Page> {
  const page = await context.newPage();
  await page.goto(desk.url);
  await page.waitForFunction(() => document.title === 'ready');
  return page;
}

/** Signs a person in by the button of the provider's page that has this name. */
export async function signInFrom(page: Page, button: 'Sign in' | 'Sign in to Salesforce'): Promise<void> {
  const opened = page.waitForEvent('popup');
  await providerOn(page).getByRole('button', { name: button, exact: true }).click();
  await signInOn(await opened);
  await providerOn(page).getByText('Signed in', { exact: true }).waitFor();
}

/** The provider's page on that desktop. */
export const providerOn = (page: Page): FrameLocator => page.frameLocator('iframe[name="salesforce-interop"]');

/** The record view that is before the person. */
export const recordOn = (page: Page): FrameLocator => providerOn(page).frameLocator('.pane.active iframe');

/** An app's frame, once it has joined. */
export async function foreignApp(page: Page, name = 'blotter'): Promise<Frame> {
  const frame = await (await page.waitForSelector(`iframe[name="${name}"]`, { state: 'attached' })).contentFrame();
  if (!frame) throw new Error(`${name} has no frame`);
  // Not with each frame that is drawn: of a page out of sight none is.
  await frame.waitForFunction(() => document.title === 'ready', undefined, { polling: 100 });
  return frame;
}

/**
 * Until the agent knows of one provider that listens: it starts another for an intent before that, or finds one that
 * has gone.
 */
export const untilProviderIsThere = (app: Frame): Promise<unknown> =>
  app.waitForFunction(async () => {
    const instances = await fdc3.findInstances({ appId: 'salesforce-interop' });
    const { apps } = await fdc3.findIntent('ViewContact');
    return instances.length === 1 && apps.some(({ instanceId }) => instanceId === instances[0]!.instanceId);
  });

interface GivenContext {
  type: string;
  [member: string]: unknown;
}

/**
 * Raises an intent as an app, and waits for its result.
 *
 * @param isUnasked as if nobody had clicked. Playwright gives whatever it runs in a page a user gesture: a window that
 *   is opened and closed first uses it up for all frames
 * @returns it, or the message of the error
 */
export const raise = (app: Frame, intent: string, context: GivenContext, isUnasked = false): Promise<unknown> =>
  app.evaluate(
    async ([name, given, withoutGesture]) => {
      if (withoutGesture) window.open('about:blank')?.close();
      try {
        return (await (await fdc3.raiseIntent(name, given)).getResult()) ?? 'no result';
      } catch (error) {
        return (error as Error).message;
      }
    },
    [intent, context, isUnasked] as const,
  );
