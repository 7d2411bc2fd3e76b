/** A bare HERE Core Web desktop: pages of several origins, joined by our broker page, broker and bus, in Chromium. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Browser, Frame, Page } from 'playwright-core';
import { launchHeadlessShell } from '../support/chromium.ts';
import { addPage, bundlePages, openOrigin, type Origin } from './servePages.ts';

const pages = path.join(import.meta.dirname, 'pages');

export interface BareDesk {
  readonly page: Page;
  readonly platformUrl: string;
  /** An origin that serves an app page and that the directory does not know. */
  readonly strangerUrl: string;
  /**
   * An app's frame, once its page has joined the desktop or failed to: by the app's id, or `opened-N` for the N-th that
   * was started by `open`.
   */
  frame(name: string): Promise<Frame>;
}

/**
 * One desktop for all tests of a file, with a frame for each app.
 *
 * @param apps by app id: members of its record besides id, title and address; `opens: false` of one that is not there
 *   at first. Those of `byGetAgent` know nothing of HERE Core Web and join by the standard's `getAgent()`; they are of
 *   one origin, each at a path of its own.
 */
export function useBareDesk(
  apps: Readonly<Record<string, object>>,
  { byGetAgent = {} }: { byGetAgent?: Readonly<Record<string, object>> } = {},
): BareDesk {
  const origins: Origin[] = [];
  let browser: Browser;
  let page: Page;
  let platformUrl: string;
  let strangerUrl: string;

  async function frame(name: string): Promise<Frame> {
    const element = await page.waitForSelector(`iframe[name=${name}]`, { state: 'attached' });
    const found = await element.contentFrame();
    if (!found) throw new Error(`no frame ${name}`);
    await found.waitForFunction(() => !['', 'loading'].includes(document.title));
    return found;
  }

  beforeAll(async () => {
    const platform = await openOrigin();
    const stranger = await openOrigin();
    origins.push(platform, stranger);
    [platformUrl, strangerUrl] = [platform.url, stranger.url];
    const script = await bundlePages(
      ['platform', 'broker', 'app', 'agentApp'].map((name) => path.join(pages, `${name}.ts`)),
    );
    addPage(stranger, '/', script('app'));
    addPage(stranger, '/agent', script('agentApp'));
    const applications: object[] = [];
    for (const [appId, members] of Object.entries(apps)) {
      const origin = await openOrigin();
      origins.push(origin);
      addPage(origin, '/', script('app'));
      const url = `${origin.url}/?platform=${platform.url}`;
      applications.push({ appId, title: appId, type: 'web', details: { url }, ...members });
    }
    const shared = await openOrigin();
    origins.push(shared);
    for (const [appId, members] of Object.entries(byGetAgent)) {
      addPage(shared, `/${appId}`, script('agentApp'));
      applications.push({ appId, title: appId, type: 'web', details: { url: `${shared.url}/${appId}` }, ...members });
    }
    addPage(platform, '/platform.html', script('platform'));
    addPage(platform, '/broker.html', script('broker'));
    const worker = createRequire(import.meta.url).resolve('@openfin/core-web/shared-worker');
    platform.files.set('/shared-worker.js', { type: 'text/javascript', body: readFileSync(worker) });
    platform.files.set('/appd.json', { type: 'application/json', body: JSON.stringify({ applications }) });
    browser = await launchHeadlessShell();
    page = await browser.newPage();
    await page.goto(`${platform.url}/platform.html`);
    const atOnce = Object.entries({ ...apps, ...byGetAgent }).filter(
      ([, record]) => !('opens' in record && record.opens === false),
    );
    const frames = await Promise.all(atOnce.map(([appId]) => frame(appId)));
    for (const one of frames) expect(await one.title()).toBe('connected');
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await Promise.all(origins.map((origin) => origin.close()));
  });

  return {
    get page() {
      return page;
    },
    get platformUrl() {
      return platformUrl;
    },
    get strangerUrl() {
      return strangerUrl;
    },
    frame,
  };
}
