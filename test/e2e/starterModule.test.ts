/** The built search module in a platform of the container, with the provider of the desktop behind it. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { ContainerRuntime } from '../../sandbox/container/containerRuntime.ts';
import { signInOn } from '../../sandbox/testing/signIn.ts';
import { launchHeadlessShell } from '../support/chromium.ts';
import { allowedUuids, startContainerDesk, type ContainerDesk } from '../support/containerDesk.ts';
import { callAs, valueOf } from './deskPage.ts';

const file = path.resolve(import.meta.dirname, '../../dist/sites/platform/salesforce-search.js');

let desk: ContainerDesk;
let browser: Browser;
let runtime: ContainerRuntime;

beforeAll(async () => {
  [desk, browser] = await Promise.all([startContainerDesk(), launchHeadlessShell()]);
  desk.apps.contacts.files.set('/salesforce-search.js', { type: 'text/javascript', body: readFileSync(file) });
  ({ runtime } = await desk.startRuntime(browser));
});
afterAll(async () => {
  try {
    expect(desk.watch.leaks(await desk.org.control.secrets())).toEqual([]);
  } finally {
    await runtime?.close();
    await browser?.close();
    await desk?.stop();
  }
});

interface Result {
  key: string;
  title: string;
  label?: string;
}

/** Loads the module as such a platform does, and calls it as one. */
async function openModule(page: Page) {
  await page.evaluate(`(async () => {
    const { entryPoints: { integrations } } = await import('/salesforce-search.js');
    await integrations.initialize({ id: 'salesforce', data: {} }, () => console, {});
    const shown = new Map();
    const response = {
      respond: (results) => results.forEach((one) => shown.set(one.key, one)),
      revoke: (...keys) => keys.forEach((key) => shown.delete(key)),
    };
    window.home = {
      results: () => [...shown.values()].map(({ key, title, label }) => ({ key, title, label })),
      async type(query) {
        const { results } = await integrations.getSearchResults(query, [], response);
        shown.clear();
        response.respond(results);
        return window.home.results();
      },
      choose: (key, name) => integrations.itemSelection({ ...shown.get(key), action: { name, trigger: 'user-action' } }, response),
    };
  })()`);
  const run = <T>(call: string): Promise<T> => page.evaluate(`window.home.${call}`);
  return {
    type: (query: string) => run<Result[]>(`type(${JSON.stringify(query)})`),
    choose: (key: string, name: string) => run<boolean>(`choose(${JSON.stringify(key)}, ${JSON.stringify(name)})`),
    results: () => run<Result[]>('results()'),
  };
}

it('leads to the one sign-in of the desktop, which apps then have without another, and finds', async () => {
  const [platform, app] = await Promise.all(allowedUuids.map((uuid) => desk.launchApp(runtime, uuid)));
  const home = await openModule(platform!.page);
  const [signIn] = await home.type('tim barr');
  expect(signIn).toMatchObject({ title: 'Sign in to Salesforce' });
  const chosen = home.choose(signIn!.key, 'Sign in');
  await signInOn((await runtime.shownWindow('salesforce-sign-in-')).page);
  expect(await chosen).toBe(true);
  expect(await home.results()).toMatchObject([{ title: 'Tim Barr', label: 'Contact' }]);
  const user = await callAs(app!.page.mainFrame(), async (client) => (await client.getConnection())?.currentUser.Name);
  expect(valueOf(user)).toBe('Morgan Reed');
  expect(await home.type('grand hotels')).toContainEqual(
    expect.objectContaining({ title: 'Grand Hotels & Resorts Ltd', label: 'Account' }),
  );
});
