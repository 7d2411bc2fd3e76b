import { jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { serveFolder, type ServedFolder } from '../../support/serveFolder.ts';
import { buildExample, copyExample } from '../../support/buildExample.ts';
import { launchChromium } from '../../support/chromium.ts';
import { startContainerDesk, type ContainerDesk } from '../../support/containerDesk.ts';
import type { ContainerRuntime } from '../../../sandbox/container/containerRuntime.ts';
import { signInOn } from '../../../sandbox/testing/signIn.ts';
import { installPackages, type Installation } from '../../support/installPackages.ts';

jest.setTimeout(120_000);

let installed: Installation;
let desk: ContainerDesk;
let browser: Browser;
let site: ServedFolder;
beforeAll(async () => {
  installed = await installPackages('salesforce-interop-client');
  site = await serveFolder(await buildExample(await copyExample('02-container-view', installed.folder)));
  [desk, browser] = await Promise.all([startContainerDesk({ contacts: 50 }), launchChromium()]);
}, 300_000);
afterAll(async () => {
  try {
    expect(desk.watch.leaks(await desk.org.control.secrets())).toEqual([]);
  } finally {
    await Promise.all([browser?.close(), desk?.stop(), site?.close()]);
    await installed?.remove();
  }
});

describe('example 02, a view in the container', () => {
  let runtime: ContainerRuntime;
  beforeEach(async () => {
    await desk.org.startOver();
    ({ runtime } = await desk.startRuntime(browser));
  });
  afterEach(() => runtime.close());

  const open = async (uuid: string): Promise<Page> =>
    (await runtime.launch({ manifest: {}, uuid, url: `${site.url}/`, autoShow: true })).page;
  const said = (page: Page, text: string | RegExp) => page.getByRole('status').getByText(text).waitFor();

  it('signs in when a person asks for it, adds a task, shows it in another view without a sign-in, closes it for good, and forgets all when the session ends', async () => {
    const first = await open('contacts-app');
    await said(first, 'Nobody is signed in');
    await first.getByRole('button', { name: 'Sign in' }).click();
    await signInOn((await runtime.shownWindow('salesforce-sign-in-')).page);
    await said(first, /^Open tasks of Morgan Reed: \d+$/);
    expect(await first.getByRole('button', { name: 'Sign in' }).isVisible()).toBe(false);
    await first.getByLabel('Subject').fill("Call Andy's desk");
    await first.getByRole('button', { name: 'Add' }).click();
    await first.getByRole('button', { name: "Done: Call Andy's desk" }).waitFor();

    const second = await open('research-app');
    await second.getByRole('button', { name: "Done: Call Andy's desk" }).click();
    await said(second, "Done: Call Andy's desk");
    await first.reload();
    await said(first, /^Open tasks of Morgan Reed: \d+$/);
    expect(await first.getByText("Call Andy's desk").count()).toBe(0);

    await desk.org.control.endBrowserSessions();
    await desk.org.control.revokeRefreshTokens();
    await desk.org.control.expireAccessTokens();
    await first.getByLabel('Subject').fill('Too late');
    await first.getByRole('button', { name: 'Add' }).click();
    for (const page of [first, second]) {
      await page.getByRole('button', { name: 'Sign in' }).waitFor();
      expect(await page.getByRole('listitem').count()).toBe(0);
    }
  });
});
