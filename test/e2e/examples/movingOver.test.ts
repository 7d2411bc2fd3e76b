import { jest } from '@jest/globals';
import { cp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { defaultConsumerKey } from '../../../sandbox/org/oauth/defaultClients.ts';
import { buildExample, copyExample } from '../../support/buildExample.ts';
import { launchHeadlessShell } from '../../support/chromium.ts';
import { startContainerDesk, type ContainerDesk } from '../../support/containerDesk.ts';
import { createContainerRuntime, type ContainerRuntime } from '../../../sandbox/container/containerRuntime.ts';
import { freePorts } from '../../support/desk.ts';
import { installPackages, type Installation } from '../../support/installPackages.ts';
import { startTestOrg } from '../../support/org.ts';
import { argumentsToReach, peerApp, peerOrgUrl, signInPeer } from '../../support/peerPage.ts';
import { serveFolder } from '../../support/serveFolder.ts';
import { signInOn } from '../../../sandbox/testing/signIn.ts';

jest.setTimeout(180_000);

let installed: Installation;
let before: string;
let after: string;
beforeAll(async () => {
  installed = await installPackages('salesforce-interop-client');
  before = await copyExample('05-moving-over/before', installed.folder);
  after = await copyExample('05-moving-over/after', installed.folder);
}, 300_000);
afterAll(() => installed?.remove());

async function open(runtime: ContainerRuntime, url: string): Promise<Page> {
  const { page } = await runtime.launch({ manifest: {}, uuid: 'contacts-app', url: `${url}/`, autoShow: true });
  await page.getByText('Ready').waitFor();
  return page;
}

async function find(page: Page, name: string): Promise<void> {
  await page.getByLabel('Name').fill(name);
  await page.getByRole('button', { name: 'Find' }).click();
}

const email = 'barr_tim@grandhotels.com';

describe('example 05, moving over from @openfin/salesforce', () => {
  it('before: the app finds a contact with @openfin/salesforce', async () => {
    const site = await serveFolder(
      await buildExample(before, { orgUrl: peerOrgUrl, consumerKey: defaultConsumerKey }),
      await freePorts(1),
    );
    const org = await startTestOrg({ contacts: 50, https: true, allowedOrigins: [site.url], clients: [peerApp] });
    const browser = await launchHeadlessShell({ args: argumentsToReach(org) });
    try {
      const runtime = await createContainerRuntime(browser);
      const page = await open(runtime, site.url);
      await find(page, 'Tim Barr');
      await signInPeer(runtime);
      await page.getByText(email).waitFor();
    } finally {
      await Promise.all([browser.close(), org.stop(), site.close()]);
    }
  });

  describe('after', () => {
    let desk: ContainerDesk;
    let browser: Browser;
    let runtime: ContainerRuntime;
    beforeAll(async () => {
      [desk, browser] = await Promise.all([startContainerDesk({ contacts: 50 }), launchHeadlessShell()]);
    });
    afterAll(() => Promise.all([browser?.close(), desk?.stop()]));
    beforeEach(async () => {
      await desk.org.startOver();
      ({ runtime } = await desk.startRuntime(browser));
    });
    afterEach(() => runtime.close());

    async function findsTim(folder: string, joins?: object): Promise<Page> {
      const site = await serveFolder(await buildExample(folder, joins));
      try {
        const page = await open(runtime, site.url);
        await find(page, 'Tim Barr');
        await signInOn((await runtime.shownWindow('salesforce-sign-in-')).page);
        await page.getByText(email).waitFor();
        return page;
      } finally {
        await site.close();
      }
    }

    it('the same app finds the same contact with one import changed and nothing else', async () => {
      const moved = path.join(installed.folder, 'one-import');
      await cp(before, moved, { recursive: true });
      const file = path.join(moved, 'app.js');
      const [first, ...rest] = (await readFile(file, 'utf8')).split('\n');
      expect(first).toBe("import { connect } from '@openfin/salesforce';");
      await writeFile(file, ["import { connect } from 'salesforce-interop-client';", ...rest].join('\n'));
      await findsTim(moved, { orgUrl: desk.org.url, consumerKey: defaultConsumerKey });
    });

    it('the app as it may be then finds it without knowing the org, and takes an apostrophe in a name', async () => {
      const page = await findsTim(after);
      await find(page, "Tim O'Barr");
      await page.getByText('Not found').waitFor();
    });
  });
});
