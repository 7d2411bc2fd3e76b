/** Who an app is in the container: what the runtime says of its window, on the channel and for intents alike. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launchHeadlessShell } from '../support/chromium.ts';
import { providerUuid, startContainerDesk, type ContainerDesk } from '../support/containerDesk.ts';
import type { ContainerRuntime } from '../../sandbox/container/containerRuntime.ts';
import { signInOn } from '../../sandbox/testing/signIn.ts';
import { callAs } from './deskPage.ts';
import { openOrigin, type Origin } from './servePages.ts';

const clientModule = path.resolve(import.meta.dirname, '../../dist/client/index.js');

let desk: ContainerDesk;
let browser: Browser;
let runtime: ContainerRuntime;
/** Where the allowed app is served, and where an attacker's page is. */
let [rightful, hostile]: Origin[] = [];

async function servePage(): Promise<Origin> {
  const origin = await openOrigin();
  origin.files.set('/', { type: 'text/html', body: '<!doctype html><title>App</title><h1>App</h1>' });
  origin.files.set('/client-under-test.js', { type: 'text/javascript', body: readFileSync(clientModule) });
  return origin;
}

beforeAll(async () => {
  [desk, browser, rightful, hostile] = await Promise.all([
    startContainerDesk(),
    launchHeadlessShell(),
    servePage(),
    servePage(),
  ]);
  const { origin } = new URL(rightful.url);
  const recordView = new URL(String(desk.configuration['recordViewUrl'])).origin;
  const allowedApps = [
    { name: 'Contacts', uuid: 'desk-app', windowName: 'contacts', origin, appId: 'contacts' },
    {
      name: 'Record view',
      uuid: providerUuid,
      windowName: 'salesforce-record-*',
      origin: recordView,
      role: 'recordView',
    },
  ];
  ({ runtime } = await desk.startRuntime(browser, { allowedApps, showSignInWindowAfterMs: 600_000 }));
});
afterAll(async () => {
  try {
    expect(desk.watch.leaks(await desk.org.control.secrets())).toEqual([]);
  } finally {
    await browser?.close();
    await Promise.all([desk?.stop(), rightful?.close(), hostile?.close()]);
  }
});

const connect = (app: Page) => callAs(app.mainFrame(), async (client) => (await client.connect()).currentUser.Name);
const raise = (app: Page) =>
  app.evaluate(async () => {
    type Agent = { raiseIntent(intent: string, context: object): Promise<{ getResult(): Promise<{ type: string }> }> };
    const { fin } = globalThis as unknown as { fin: { me: { interop: { getFDC3Sync(version: string): Agent } } } };
    const resolution = await fin.me.interop
      .getFDC3Sync('2.0')
      .raiseIntent('ViewContact', { type: 'fdc3.contact', name: 'Tim Barr', id: {} });
    return resolution.getResult().then(
      ({ type }) => type,
      (error: Error) => error.message,
    );
  });

/** A window as its own application, or one that a page of an application makes and names. */
async function open(uuid: string, name: string, url: string, from?: Page): Promise<Page> {
  if (!from) return (await runtime.launch({ manifest: {}, uuid, name, url: `${url}/`, autoShow: true })).page;
  await from.evaluate(
    async (options) => {
      const { fin } = globalThis as unknown as { fin: { Window: { create(options: object): Promise<unknown> } } };
      await fin.Window.create(options);
    },
    { name, url: `${url}/`, autoShow: true },
  );
  return runtime.windows().findLast((window) => window.uuid === uuid && window.name === name)!.page;
}

describe("a window that has an allowed app's name", () => {
  it("is served on the channel and by intents where it shows the app's page", async () => {
    const main = await open('desk-app', 'main', rightful!.url);
    const contacts = await open('desk-app', 'contacts', rightful!.url, main);
    const connecting = connect(contacts);
    await signInOn((await runtime.shownWindow('salesforce-sign-in-')).page);
    expect((await connecting).value).toBe('Morgan Reed');
    const raised = raise(contacts);
    const view = await runtime.shownWindow('salesforce-record-');
    await view.page.getByRole('heading', { name: 'Tim Barr' }).first().waitFor();
    expect(await raised).toBe('fdc3.contact');
    await contacts.close();
    await main.close();
  });

  it.each([
    ['of another application', 'evil-app', 'contacts', () => rightful],
    ['with another page', 'desk-app', 'contacts', () => hostile],
    ['of the record view, with another page', providerUuid, 'salesforce-record-forged', () => hostile],
  ])('is served neither on the channel nor by intents: %s', async (_what, uuid, name, origin) => {
    const main =
      uuid === providerUuid
        ? runtime.windows().find((window) => window.uuid === providerUuid)!.page
        : await open(uuid, 'main', origin()!.url);
    const window = await open(uuid, name, origin()!.url, main);
    expect((await connect(window)).error).toMatchObject({ code: 'APP_NOT_ALLOWED' });
    expect(await raise(window)).toBe('IntentHandlerRejected');
    await window.close();
    if (uuid !== providerUuid) await main.close();
  });
});
