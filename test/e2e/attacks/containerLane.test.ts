/** What hostile windows of the desktop container try with lanes, each beside the same step taken rightly. */
import type { Browser, Page } from 'playwright-core';
import type { ContainerRuntime, ContainerWindow } from '../../../sandbox/container/containerRuntime.ts';
import { defaultConsumerKey } from '../../../sandbox/org/oauth/defaultClients.ts';
import { signInOn } from '../../../sandbox/testing/signIn.ts';
import { launchHeadlessShell } from '../../support/chromium.ts';
import { allowedUuids, providerUuid, startContainerDesk, type ContainerDesk } from '../../support/containerDesk.ts';
import { morgan } from '../../support/orgBrowser.ts';
import { callAs, valueOf } from '../deskPage.ts';
import { openOrigin } from '../servePages.ts';
import { connectRaw, type RawChannel } from './rawChannel.ts';
import { openRawLane, type RawLane } from './rawLane.ts';

const [appUuid, otherUuid] = allowedUuids;
const limits = '/services/data/v66.0/limits';
/** Asked for by nobody but the attacks. */
const recent = '/services/data/v66.0/recent';
const refused = { ok: false, error: { code: 'APP_NOT_ALLOWED' } };

let desk: ContainerDesk;
let browser: Browser;
let runtime: ContainerRuntime;
let provider: ContainerWindow;
/** A page of an app, and one of another app of the same site. */
let [app, other]: Page[] = [];

beforeAll(async () => {
  [desk, browser] = await Promise.all([startContainerDesk(), launchHeadlessShell()]);
  desk.apps.contacts.files.set('/keeper', {
    type: 'text/html',
    body: `<!doctype html><title>Keeper</title><script>
      addEventListener('message', ({ data, ports: [port] }) => {
        if (data !== 'keep') return;
        Object.assign(window, { kept: port, heard: [] });
        port.onmessage = (event) => heard.push(event.data);
      });
    </script>`,
  });
});
afterAll(async () => {
  try {
    expect(desk.watch.leaks(await desk.org.control.secrets())).toEqual([]);
  } finally {
    await browser?.close();
    await desk?.stop();
  }
});
beforeEach(async () => {
  await desk.org.startOver();
  // What an administrator has approved outlives the tokens that a provider revokes when it goes away.
  await desk.org.control.setApp(defaultConsumerKey, { adminApprovedOnly: true, approvedUsernames: [morgan.username] });
  ({ runtime, provider } = await desk.startRuntime(browser, { showSignInWindowAfterMs: 600_000 }));
  [app, other] = [
    (await desk.launchApp(runtime, appUuid)).page,
    (await desk.launchApp(runtime, otherUuid, 'account-360')).page,
  ];
  const connecting = callAs(app.mainFrame(), async (client) => void (await client.connect()));
  await signInOn((await runtime.shownWindow('salesforce-sign-in-')).page);
  valueOf(await connecting);
  await desk.org.control.resetCounts();
});
afterEach(async () => {
  // No test here asks for it by rights.
  expect((await desk.org.control.counts()).requests[`GET ${recent}`]).toBeUndefined();
  await runtime.close();
});

interface OwnLane {
  channel: RawChannel & { name: string };
  lane: RawLane;
  sessionId: string;
}

async function sessionOn(channel: RawChannel): Promise<string> {
  const { data } = await channel.ask('getConnection', { requestId: 'r' });
  return (data as { sessionId: string }).sessionId;
}

/** A page's own lane, with the session of the desk. */
async function ownLane(page: Page): Promise<OwnLane> {
  const channel = await connectRaw(page.mainFrame());
  const lane = await openRawLane(page.mainFrame(), desk.ticketUrl, channel.name);
  expect(await channel.ask('identify', { ticket: lane.ticket })).toMatchObject({ ok: true });
  await lane.opened();
  const sessionId = await sessionOn(channel);
  expect(await lane.ask({ sessionId, endpoint: limits })).toMatchObject({ ok: true, data: { status: 200 } });
  return { channel, lane, sessionId };
}

/** Tries to have something read over a port that must lead nowhere. */
async function tryPort({ post, hasHeard }: RawLane, sessionId: string): Promise<boolean> {
  await post({ kind: 'execute', requestId: 'stolen', sessionId, endpoint: recent });
  await ownLane(app!);
  return hasHeard();
}

/** Who a page is and whose channel it has connected to, as the runtime says. */
async function parties(page: Page) {
  const channel = await connectRaw(page.mainFrame());
  const named = await page.evaluate((at) => {
    const { fin, raw } = window as unknown as {
      fin: { me: { identity: object } };
      raw: Record<string, { providerIdentity: object }>;
    };
    return { identity: fin.me.identity, providerIdentity: raw[at]!.providerIdentity };
  }, channel.name);
  return { channel, ...named };
}

/** A window that a page opens and names. */
async function windowOf(opener: Page, name: string, url: string): Promise<Page> {
  await opener.evaluate(
    async (options) => {
      const { fin } = globalThis as unknown as { fin: { Window: { create(options: object): Promise<unknown> } } };
      await fin.Window.create(options);
    },
    { name, url: `${url}/`, autoShow: true },
  );
  const { page } = runtime.windows().findLast((window) => window.name === name)!;
  await page.waitForLoadState();
  return page;
}

describe('in the container, a ticket for a lane', () => {
  it('is good once: presented again it changes nothing, and the lane goes on', async () => {
    const { channel, lane, sessionId } = await ownLane(app!);
    expect(await channel.ask('identify', { ticket: lane.ticket })).toMatchObject(refused);
    expect(await lane.ask({ sessionId, endpoint: limits })).toMatchObject({ ok: true });
  });

  it.each([
    ['another app of the same site', async () => other!],
    ['another window of the same application', () => windowOf(app!, 'sibling', desk.apps.contacts.url)],
  ])('is of no use to %s, and spent when that presents it', async (_who, open) => {
    const thief = await open();
    const [robbed, taken] = [await connectRaw(app!.mainFrame()), await connectRaw(thief.mainFrame())];
    const theirs = await openRawLane(app!.mainFrame(), desk.ticketUrl, robbed.name);
    expect(await taken.ask('identify', { ticket: theirs.ticket })).toMatchObject(refused);
    expect(await robbed.ask('identify', { ticket: theirs.ticket })).toMatchObject(refused);
    expect(await tryPort(theirs, await sessionOn(robbed))).toBe(false);
    expect((await ownLane(thief)).lane.ticket).toBeDefined();
  });

  it("that a page of another origin has ordered in an app's name brings the app no port of that page", async () => {
    const { identity, providerIdentity, channel } = await parties(app!);
    const lane = await openRawLane(other!.mainFrame(), desk.ticketUrl, undefined, {
      client: identity,
      channel: providerIdentity,
    });
    expect(lane.ticket).toBeDefined();
    expect(await channel.ask('identify', { ticket: lane.ticket })).toMatchObject(refused);
    expect(await tryPort(lane, await sessionOn(channel))).toBe(false);
  });

  it('is of no use in a window that shows a page of another origin by now', async () => {
    const before = await connectRaw(app!.mainFrame());
    const { ticket } = await openRawLane(app!.mainFrame(), desk.ticketUrl, before.name);
    await app!.goto(`${desk.apps['account-360'].url}/`);
    const after = await connectRaw(app!.mainFrame());
    expect(await after.ask('identify', { ticket })).toMatchObject(refused);
    expect((await ownLane(app!)).lane.ticket).toBeDefined();
  });

  it('lets nobody in whom the runtime has not vouched for', async () => {
    const stranger = (await desk.launchApp(runtime, 'unlisted-app')).page;
    const channel = await connectRaw(stranger.mainFrame());
    const lane = await openRawLane(stranger.mainFrame(), desk.ticketUrl, channel.name);
    expect(await channel.ask('identify', { ticket: lane.ticket })).toMatchObject(refused);
    expect(await channel.ask('getConnection', { requestId: 'r' })).toMatchObject(refused);
    expect(await tryPort(lane, (await ownLane(other!)).sessionId)).toBe(false);
  });

  it('is given to no foreign page in a frame of an app', async () => {
    const foreign = await openOrigin();
    foreign.files.set('/', { type: 'text/html', body: '<!doctype html><title>Foreign</title><body></body>' });
    try {
      const { identity, providerIdentity } = await parties(app!);
      const arrived = app!.waitForEvent('framenavigated', (frame) => frame.url().startsWith(foreign.url));
      await app!.evaluate((src) => {
        document.body.append(Object.assign(document.createElement('iframe'), { src }));
      }, foreign.url);
      const lane = await openRawLane(await arrived, desk.ticketUrl, undefined, {
        client: identity,
        channel: providerIdentity,
        isRefused: true,
      });
      expect(await tryPort(lane, (await ownLane(other!)).sessionId)).toBe(false);
      expect(lane.ticket).toBeUndefined();
    } finally {
      await foreign.close();
    }
  });
});

describe('in the container, a port that is kept', () => {
  it('is closed when its client has left the channel', async () => {
    const { channel, lane, sessionId } = await ownLane(app!);
    await app!.evaluate(
      (at) => (window as unknown as { raw: Record<string, { disconnect(): Promise<void> }> }).raw[at]!.disconnect(),
      channel.name,
    );
    await lane.closed();
    await lane.post({ kind: 'execute', requestId: 'late', sessionId, endpoint: recent });
    await ownLane(other!);
  });

  it('in another window, is closed with the page whose it is', async () => {
    const { sessionId } = await ownLane(app!);
    const opened = app!.waitForEvent('popup');
    await app!.evaluate((url) => {
      const { port } = Object.values(
        (window as unknown as { rawLanes: Record<string, { port: MessagePort }> }).rawLanes,
      ).at(-1)!;
      const popup = window.open(url)!;
      popup.addEventListener('load', () => popup.postMessage('keep', '*', [port]));
    }, `${desk.apps.contacts.url}/keeper`);
    const popup = await opened;
    await popup.waitForFunction(() => 'kept' in window);
    await app!.close();
    await popup.waitForFunction(
      () => (window as unknown as { heard: { kind: string }[] }).heard.at(-1)?.kind === 'closed',
    );
    await popup.evaluate((message) => (window as unknown as { kept: MessagePort }).kept.postMessage(message), {
      kind: 'execute',
      requestId: 'late',
      sessionId,
      endpoint: recent,
    });
    await ownLane(other!);
  });

  it('while the provider is loaded anew leads nowhere', async () => {
    const { lane, sessionId } = await ownLane(app!);
    await provider.page.reload();
    const again = await ownLane(app!);
    for (const id of [sessionId, again.sessionId])
      await lane.post({ kind: 'execute', requestId: id, sessionId: id, endpoint: recent });
    expect(await again.lane.ask({ sessionId: again.sessionId, endpoint: limits })).toMatchObject({ ok: true });
  });

  it('leads nowhere once the provider has started with a configuration that lists its app no more', async () => {
    const { lane, sessionId } = await ownLane(app!);
    const listed = desk.configuration['allowedApps'] as { uuid: string }[];
    await provider.page.close();
    await runtime.launch({
      manifest: desk.providerManifest({ allowedApps: listed.filter(({ uuid }) => uuid !== appUuid) }),
      uuid: providerUuid,
      url: provider.options.url,
    });
    const again = await ownLane(other!);
    for (const id of [sessionId, again.sessionId])
      await lane.post({ kind: 'execute', requestId: id, sessionId: id, endpoint: recent });
    expect(await again.lane.ask({ sessionId: again.sessionId, endpoint: limits })).toMatchObject({ ok: true });
    const channel = await connectRaw(app!.mainFrame());
    const late = await openRawLane(app!.mainFrame(), desk.ticketUrl, channel.name);
    expect(await channel.ask('identify', { ticket: late.ticket })).toMatchObject(refused);
  });
});
