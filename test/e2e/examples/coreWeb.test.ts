/** Examples 03 and 04 on the desktop of an installed package, served by its own server with every policy in force. */
import { jest } from '@jest/globals';
import path from 'node:path';
import type { Browser, BrowserContext, FrameLocator, Page } from 'playwright-core';
import { defaultConsumerKey } from '../../../sandbox/org/oauth/defaultClients.ts';
import { signIn } from '../../../sandbox/testing/signIn.ts';
import { parseDesktopConfiguration } from '../../../src/sites/desktopConfiguration.ts';
import { describeAppSite, describeSites } from '../../../src/sites/describeSites.ts';
import { serveSites } from '../../../src/sites/serve/serveSites.ts';
import { buildExample, copyExample } from '../../support/buildExample.ts';
import { launchChromium } from '../../support/chromium.ts';
import { freePorts } from '../../support/desk.ts';
import { installPackages, type Installation } from '../../support/installPackages.ts';
import { startTestOrg, type TestOrg } from '../../support/org.ts';
import { until } from '../../support/until.ts';
import { LeakWatch } from '../leaks/leakWatch.ts';

jest.setTimeout(120_000);

let installed: Installation;
let org: TestOrg;
let browser: Browser;
let watch: LeakWatch;
let closeSites: () => Promise<void>;
let url: string;

beforeAll(async () => {
  installed = await installPackages('salesforce-interop', 'salesforce-interop-client');
  const port = await freePorts(5);
  const [platform, provider, recordView, accounts, whoIsIt] = [0, 1, 2, 3, 4].map(
    (offset) => `http://localhost:${port + offset}`,
  ) as [string, string, string, string, string];
  org = await startTestOrg({ contacts: 50, allowedOrigins: [provider], redirectUris: [`${provider}/signed-in.html`] });
  const desktop = parseDesktopConfiguration({
    platform: { origin: platform, title: 'Bank Desktop' },
    provider: { origin: provider },
    recordView: { origin: recordView },
    apps: [
      { appId: 'accounts', title: 'Accounts', url: `${accounts}/`, usesSalesforce: true, clearsAtSignOut: true },
      { appId: 'who-is-it', title: 'Who is it?', url: `${whoIsIt}/`, usesSalesforce: true },
    ],
    salesforce: { orgs: [{ orgUrl: org.url, consumerKey: defaultConsumerKey }], extraOrgOrigins: [org.url] },
  });
  const exampleOf = async (appId: string, name: string) => ({
    ...describeAppSite(desktop, appId),
    folder: await buildExample(await copyExample(name, installed.folder)),
  });
  const pages = path.join(installed.folder, 'node_modules/salesforce-interop/pages');
  closeSites = await serveSites([
    ...describeSites(desktop).map((site) => ({ ...site, folder: path.join(pages, site.name) })),
    await exampleOf('accounts', '03-react'),
    await exampleOf('who-is-it', '04-fdc3-only'),
  ]);
  url = `${platform}/`;
  browser = await launchChromium();
  watch = new LeakWatch(org.url);
}, 300_000);
afterAll(async () => {
  await Promise.all([browser?.close(), closeSites?.(), org?.stop()]);
  await installed?.remove();
});

let context: BrowserContext;
let page: Page;
let refusals: string[];
/** What the provider's audit trail says, line by line. */
let audit: { app: string; action: string; outcome: string }[];
beforeEach(async () => {
  await org.startOver();
  context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await watch.watch(context);
  refusals = [];
  audit = [];
  context.on('console', (message) => {
    const text = message.text();
    if (/Content Security Policy|TrustedHTML|TrustedScript/.test(text)) refusals.push(text);
    const [, line] = /^\[salesforce-interop\] (\{.*\})$/.exec(text) ?? [];
    if (line) audit.push(JSON.parse(line) as (typeof audit)[number]);
  });
  page = await context.newPage();
  await page.goto(url);
  await page.getByRole('heading', { name: 'Bank Desktop' }).waitFor();
});
afterEach(async () => {
  await watch.inspect(context);
  expect(watch.leaks(await org.control.secrets())).toEqual([]);
  expect(refusals).toEqual([]);
  await context.close();
});

const said = (app: FrameLocator, text: string) => app.getByRole('status').getByText(text, { exact: true }).waitFor();

const queriesAtOrg = async (): Promise<number> =>
  Object.entries((await org.control.counts()).requests)
    .filter(([request]) => /\/(?:query|composite)/.test(request))
    .reduce((sum, [, count]) => sum + count, 0);

describe('example 03, React with hooks', () => {
  it('shows the records of what was typed last, though an earlier answer is still under way, and none after the sign-out', async () => {
    const app = page.frameLocator('iframe[title="Accounts"]');
    await said(app, 'Nobody is signed in');
    await signIn(page);
    await said(app, 'Two letters or more');
    const cancelled = context.waitForEvent('console', {
      predicate: (message) => message.text().includes('"outcome":"REQUEST_CANCELLED"'),
    });
    const before = await queriesAtOrg();
    await org.control.injectFault({ kind: 'hang' }, { path: '/(?:query|composite)' });
    await app.getByLabel('Name').fill('plc');
    await said(app, 'One moment …');
    // Aborted before, it would leave the fault to the next one.
    await until(async () => (await queriesAtOrg()) > before);
    await app.getByLabel('Name').fill('Dickenson');
    await said(app, '1 found');
    await cancelled;
    expect(await app.getByRole('listitem').allInnerTexts()).toEqual([expect.stringMatching(/^Dickenson plc/)]);
    await page.getByRole('button', { name: /Sign out/ }).click();
    await said(app, 'Nobody is signed in');
    expect(await app.getByText('Dickenson').count()).toBe(0);
  });
});

describe('example 04, FDC3 only', () => {
  it('shows the person behind an e-mail address as Salesforce knows them, and the desktop shows the record beside it', async () => {
    const app = page.frameLocator('iframe[title="Who is it?"]');
    await said(app, 'Ready');
    await signIn(page);
    await app.getByLabel('E-mail').fill('barr_tim@grandhotels.com');
    await app.getByRole('button', { name: 'Look up' }).click();
    await said(app, 'Found');
    await app.getByRole('definition').getByText('Tim Barr', { exact: true }).waitFor();
    expect(await app.getByRole('definition').allInnerTexts()).toEqual(
      expect.arrayContaining([expect.stringMatching(/^003/)]),
    );
    await page.frameLocator('iframe[title*="Tim Barr"]').getByRole('heading', { name: 'Tim Barr' }).waitFor();
    expect(audit).toContainEqual(expect.objectContaining({ app: 'Who is it?', outcome: 'ok' }));
  });
});
