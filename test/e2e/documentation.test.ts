import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { documentationSite } from '../../sandbox/desk/documentation.ts';
import { serveSites } from '../../src/sites/serve/serveSites.ts';
import { launchHeadlessShell } from '../support/chromium.ts';
import { freePorts } from '../support/desk.ts';

const docs = path.resolve(import.meta.dirname, '../../docs');
let folder: string;
let origin: string;
let browser: Browser;
let close: () => Promise<void>;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'documentation-'));
  // The generator takes a link that leads nowhere for an error.
  const { NODE_OPTIONS: _ofJest, ...environment } = process.env;
  const built = spawnSync(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      "const { build } = await import('vitepress'); await build(process.argv[1], { outDir: process.argv[2] });",
      docs,
      folder,
    ],
    { env: environment, cwd: path.dirname(docs), encoding: 'utf8' },
  );
  expect({ status: built.status, output: built.status === 0 ? '' : built.stdout + built.stderr }).toEqual({
    status: 0,
    output: '',
  });
  const site = (await documentationSite(`http://localhost:${await freePorts(1)}`, folder))!;
  close = await serveSites([site]);
  ({ origin } = site);
  browser = await launchHeadlessShell();
}, 300_000);
afterAll(async () => {
  await browser?.close();
  await close?.();
  await rm(folder, { recursive: true, force: true });
});

/** A page, and what it has done that it should not: asked another origin, broken a policy, thrown. */
async function openSite(address = '/'): Promise<{ page: Page; wrong: string[] }> {
  const page = await browser.newPage();
  const wrong: string[] = [];
  page.on(
    'request',
    (request) => !/^data:/.test(request.url()) && !request.url().startsWith(`${origin}/`) && wrong.push(request.url()),
  );
  page.on('console', (message) => message.type() === 'error' && wrong.push(message.text()));
  page.on('pageerror', (error) => wrong.push(error.message));
  page.on('response', (response) => response.status() >= 400 && wrong.push(`${response.status()} ${response.url()}`));
  await page.goto(origin + address, { waitUntil: 'networkidle' });
  return { page, wrong };
}

describe('the documentation', () => {
  it('has four ways in, which lead to pages, and loads nothing from elsewhere', async () => {
    const { page, wrong } = await openSite();
    const ways = await page
      .locator('.VPFeature')
      .evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).href));
    expect(ways).toHaveLength(4);
    for (const way of ways) {
      await page.goto(way, { waitUntil: 'networkidle' });
      expect(await page.locator('.vp-doc h1').innerText()).not.toBe('');
    }
    expect(wrong).toEqual([]);
    await page.close();
  });

  it('is searched, read dark, and walked through under its policy', async () => {
    const { page, wrong } = await openSite('/apps.html');
    await page.keyboard.press('Control+k');
    await page.locator('.VPLocalSearchBox input').fill('five approvals');
    await page.locator('.VPLocalSearchBox .result').first().click();
    await page.waitForURL(/salesforce-tokens\.html#five-approvals$/);
    await page.locator('.VPSwitchAppearance').first().click();
    await page.locator('html.dark').waitFor();
    await page.locator('.VPSidebar').getByText('Outcomes').click();
    await page.waitForURL(/outcomes\.html$/);
    await page.getByText('discovery.notAnOrg').waitFor();
    expect(wrong).toEqual([]);
    await page.close();
  });
});
