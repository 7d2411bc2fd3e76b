/** The way of requests past the channel, in the desktop container. */
import type { Browser, Page } from 'playwright-core';
import { deferred } from '../../src/deferred.ts';
import { protocolVersion } from '../../src/channel/channelVersion.ts';
import type { ContainerRuntime, ContainerWindow } from '../../sandbox/container/containerRuntime.ts';
import { defaultConsumerKey } from '../../sandbox/org/oauth/defaultClients.ts';
import { signInOn } from '../../sandbox/testing/signIn.ts';
import { launchHeadlessShell } from '../support/chromium.ts';
import { allowedUuids, startContainerDesk, type ContainerDesk } from '../support/containerDesk.ts';
import { morgan } from '../support/orgBrowser.ts';
import { until } from '../support/until.ts';
import { connectRaw } from './attacks/rawChannel.ts';
import { callAs, valueOf } from './deskPage.ts';

const [app, other] = allowedUuids;
const auditLine = '[salesforce-interop] {';

let desk: ContainerDesk;
let browser: Browser;
let runtime: ContainerRuntime;
let provider: ContainerWindow;
/** The provider's audit lines of requests. */
let lines: Record<string, string>[];

beforeAll(async () => {
  [desk, browser] = await Promise.all([startContainerDesk(), launchHeadlessShell()]);
});
afterAll(async () => {
  try {
    expect(desk.watch.leaks(await desk.org.control.secrets())).toEqual([]);
  } finally {
    await browser?.close();
    await desk?.stop();
  }
});
afterEach(() => runtime.close());

async function start(changes: Record<string, unknown> = {}): Promise<void> {
  await desk.org.startOver();
  // What an administrator has approved outlives the tokens that a provider revokes when it goes away.
  await desk.org.control.setApp(defaultConsumerKey, { adminApprovedOnly: true, approvedUsernames: [morgan.username] });
  ({ runtime, provider } = await desk.startRuntime(browser, { showSignInWindowAfterMs: 600_000, ...changes }));
  lines = [];
  provider.page.on('console', (message) => {
    if (!message.text().startsWith(auditLine)) return;
    const line = JSON.parse(message.text().slice(auditLine.length - 1)) as Record<string, string>;
    if (line['target']?.startsWith('/services/data')) lines.push(line);
  });
}

async function open(url: string): Promise<Page> {
  const { page } = await runtime.launch({ manifest: {}, uuid: app, url, autoShow: true });
  await page.waitForLoadState();
  return page;
}

const connect = async (page: Page): Promise<void> =>
  valueOf(await callAs(page.mainFrame(), async (client) => void (await client.connect())));

async function signIn(page: Page): Promise<void> {
  const connecting = connect(page);
  await signInOn((await runtime.shownWindow('salesforce-sign-in-')).page);
  await connecting;
}

/** Reads something, and gives the audit line of that. */
async function read(page: Page): Promise<Record<string, string>> {
  const from = lines.length;
  const status = await callAs(
    page.mainFrame(),
    async (client) => (await (await client.connect()).executeApiRequest('/services/data/vXX.X/limits')).status,
  );
  expect(valueOf(status)).toBe(200);
  await until(() => lines.length > from);
  return lines[from]!;
}

/** What the provider answers to `hello`. */
async function identification(page: Page): Promise<unknown> {
  const hello = { protocol: protocolVersion, client: { name: 'raw', version: '1' } };
  const { data } = await (await connectRaw(page.mainFrame())).ask('hello', hello);
  return (data as { identification: unknown }).identification;
}

describe("in the container, an app of the provider's own site", () => {
  it('has its requests at the token worker past the channel, audited all the same, and so when the provider was loaded anew', async () => {
    await start();
    const page = await open(desk.apps.contacts.url);
    await signIn(page);
    await until(async () => (await read(page))['by'] === 'lane');
    expect(lines.at(-1)).toMatchObject({ app, action: 'GET', user: morgan.username, outcome: 'ok' });
    await provider.page.reload();
    await connect(page);
    await until(async () => (await read(page))['by'] === 'lane');
    await until(() => page.frames().length === 1);
  });

  it('waits for its lane with no request: until it is there, and where the page may not be framed, the channel does the same', async () => {
    await start();
    await signIn((await desk.launchApp(runtime, other)).page);
    const released = deferred<void>();
    await runtime.context.route(desk.ticketUrl, (route) => void released.promise.then(() => route.continue()));
    const page = await open(desk.apps.contacts.url);
    expect(await read(page)).not.toHaveProperty('by');
    released.resolve();
    await until(async () => (await read(page))['by'] === 'lane');
    desk.apps.contacts.files.set('/frames-nothing', {
      type: 'text/html',
      body: `<!doctype html><title>App</title>
        <meta http-equiv="Content-Security-Policy" content="frame-src 'none'">`,
    });
    await page.goto(`${desk.apps.contacts.url}/frames-nothing`);
    const refused = page.evaluate(
      () =>
        new Promise<string>((resolve) =>
          document.addEventListener('securitypolicyviolation', (event) => resolve(event.blockedURI)),
        ),
    );
    await connect(page);
    expect(new URL(await refused).origin).toBe(new URL(desk.ticketUrl).origin);
    expect(await read(page)).not.toHaveProperty('by');
  });

  it('has none where the configuration switches lanes off', async () => {
    await start({ lanes: false });
    const page = await open(desk.apps.contacts.url);
    await signIn(page);
    expect(await identification(page)).toEqual({ kind: 'runtime' });
    expect(await read(page)).not.toHaveProperty('by');
  });
});

it('an app of another site is told of no lane, tries for none, and uses the channel', async () => {
  await start();
  const page = await open(desk.apps.contacts.url.replace('localhost', '127.0.0.1'));
  let framed = 0;
  page.on('frameattached', () => (framed += 1));
  await signIn(page);
  expect(await identification(page)).toEqual({ kind: 'runtime' });
  expect(await read(page)).not.toHaveProperty('by');
  expect(framed).toBe(0);
});
