/** The intent handlers on a desktop agent of another maker: only the FDC3 standard lies between. */
import path from 'node:path';
import type { DesktopAgent } from '@finos/fdc3';
import type { Browser, Frame, Page } from 'playwright-core';
import type { HttpMethod } from '../../sandbox/org/rest/resource.ts';
import { openEmbeddedOrg, type EmbeddedOrg } from '../intents/embeddedOrg.ts';
import { launchHeadlessShell } from '../support/chromium.ts';
import { addPage, bundlePages, openOrigin, type Origin } from './servePages.ts';

declare const fdc3: DesktopAgent;

const origins: Origin[] = [];
let org: EmbeddedOrg;
let browser: Browser;
let page: Page;
let blotter: Frame;

beforeAll(async () => {
  const [root, app] = await Promise.all([openOrigin(), openOrigin()]);
  origins.push(root, app);
  org = await openEmbeddedOrg();
  const script = await bundlePages(
    ['foreignRoot', 'foreignApp'].map((name) => path.join(import.meta.dirname, 'pages', `${name}.ts`)),
  );
  addPage(root, '/root.html', script('foreignRoot'));
  addPage(app, '/app.html', script('foreignApp'));
  browser = await launchHeadlessShell();
  page = await browser.newPage();
  await page.exposeFunction('orgRequest', (endpoint: string, method: HttpMethod, body: unknown) =>
    org.request(endpoint, method, body ?? undefined),
  );
  await page.goto(`${root.url}/root.html?app=${encodeURIComponent(`${app.url}/app.html`)}`);
  const frame = await (await page.waitForSelector('iframe[name=blotter]', { state: 'attached' })).contentFrame();
  if (!frame) throw new Error('The app has no frame');
  blotter = frame;
  await blotter.waitForFunction(() => document.title === 'ready');
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await Promise.all(origins.map((origin) => origin.close()));
});

function raise(intent: string, context: { type: string; [member: string]: unknown }): Promise<unknown> {
  return blotter.evaluate(
    async ([name, given]) => {
      try {
        return await (await fdc3.raiseIntent(name, given)).getResult();
      } catch (error) {
        return (error as Error).message;
      }
    },
    [intent, context] as const,
  );
}

it('an app of that desktop has its contact shown and gets the enriched context', async () => {
  const id = org.create('Contact', { FirstName: 'Ada', LastName: 'Foreign-Test', Email: 'ada@foreign.example' });
  const result = await raise('ViewContact', { type: 'fdc3.contact', id: { email: 'ada@foreign.example' } });
  expect(result).toMatchObject({ type: 'fdc3.contact', name: 'Ada Foreign-Test', id: { SALESFORCE: id } });
  expect(await page.evaluate(() => window.shown.at(-1))).toEqual({ kind: 'record', type: 'Contact', id });
});

it('an app of that desktop has its account shown by LEI', async () => {
  const id = org.create('Account', { Name: 'Foreign Works-Test', LEI__c: '5493001KJTIIGC8Y1R12' });
  const result = await raise('ViewAccount', { type: 'fdc3.organization', id: { LEI: '5493001KJTIIGC8Y1R12' } });
  expect(result).toMatchObject({ type: 'fdc3.organization', name: 'Foreign Works-Test', id: { SALESFORCE: id } });
});

it('a view closed without a choice ends in an error of the standard', async () => {
  // fdc3-web 0.17 keeps a handler's refusal to itself: the app that raised the intent waits for ever.
  const refusal = page.waitForEvent('pageerror');
  await blotter.evaluate(() => fdc3.raiseIntent('ViewContact', { type: 'fdc3.contact', name: 'Nobody Atall', id: {} }));
  expect((await refusal).message).toBe('UserCancelledResolution');
  expect(await page.evaluate(() => window.shown.at(-1)?.kind)).toBe('none');
});
