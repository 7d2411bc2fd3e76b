/** What hostile pages try with the ports that lead to the token worker, each beside the same step taken rightly. */
import type { BrowserContext, BrowserContextOptions, Frame, Page } from 'playwright-core';
import { signInOn } from '../../../sandbox/testing/signIn.ts';
import { appFrame, callAs, openSignedIn, valueOf } from '../deskPage.ts';
import { openOrigin, type Origin } from '../servePages.ts';
import { useDesk } from '../useDesk.ts';
import { connectRaw, type RawChannel } from './rawChannel.ts';
import { openRawLane, type RawLane } from './rawLane.ts';

const used = useDesk({ environment: { SANDBOX_CONTACTS: '50' } });
let foreign: Origin;
let context: BrowserContext;
let page: Page;
/** A page of the directory, turned hostile. */
let contacts: Frame;
let account360: Frame;

const ticketUrl = () => `${used.desk.origins.provider}/ticket.html`;
const limits = '/services/data/vXX.X/limits';
const answers = (frame: Frame) =>
  callAs(frame, async ({ connect }) => {
    return (await (await connect()).executeApiRequest('/services/data/vXX.X/limits')).status;
  }).then(valueOf);

beforeAll(async () => {
  foreign = await openOrigin();
  foreign.files.set('/', { type: 'text/html', body: '<!doctype html><title>Foreign</title><body></body>' });
});
afterAll(() => foreign.close());
async function open(options: BrowserContextOptions = {}): Promise<void> {
  context = await used.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  page = await openSignedIn(context, used.desk);
  [contacts, account360] = [
    await appFrame(page, used.desk, 'contacts'),
    await appFrame(page, used.desk, 'account-360'),
  ];
}

/** An app's own lane, with the session of the desk. */
async function ownLane(
  frame: Frame,
): Promise<{ channel: RawChannel & { name: string }; lane: RawLane; sessionId: string }> {
  const channel = await connectRaw(frame);
  const lane = await openRawLane(frame, ticketUrl(), channel.name);
  expect(await channel.ask('identify', { ticket: lane.ticket })).toMatchObject({ ok: true });
  await lane.opened();
  const { data } = await channel.ask('getConnection', { requestId: 'r' });
  const { sessionId } = data as { sessionId: string };
  expect(await lane.ask({ sessionId, endpoint: limits })).toMatchObject({ ok: true, data: { status: 200 } });
  return { channel, lane, sessionId };
}

/** A page in a page. */
async function inside(frame: Frame, url: string): Promise<Frame> {
  const arrived = page.waitForEvent('framenavigated', (one) => one.url().startsWith(url));
  await frame.evaluate((src) => {
    document.body.append(Object.assign(document.createElement('iframe'), { src }));
  }, url);
  return arrived;
}

/** None of these ends what another needs: the session, the provider, a channel of its own. */
describe('a port, on a desk that it leaves as it was,', () => {
  beforeAll(() => open());
  afterAll(() => used.close(context));

  it('of an origin that is not listed reaches nobody', async () => {
    const stranger = await context.newPage();
    for (const origin of [foreign.url, foreign.url.replace('localhost', '127.0.0.1')]) {
      await stranger.goto(origin);
      const lane = await openRawLane(stranger.mainFrame(), ticketUrl(), undefined, { isRefused: true });
      await page.bringToFront();
      await ownLane(contacts);
      expect([lane.ticket, await lane.hasHeard()]).toEqual([undefined, false]);
    }
  });

  it('does not open with the ticket of another client, nor does a stolen ticket with another port', async () => {
    const [robbed, thief] = [await connectRaw(contacts), await connectRaw(account360)];
    const theirs = await openRawLane(contacts, ticketUrl(), robbed.name);
    const own = await openRawLane(account360, ticketUrl(), thief.name);
    expect(await thief.ask('identify', { ticket: theirs.ticket })).toMatchObject({
      error: { code: 'APP_NOT_ALLOWED' },
    });
    expect(await own.hasHeard()).toBe(false);
    expect(await thief.ask('identify', { ticket: own.ticket })).toMatchObject({ ok: true });
    await own.opened();
    for (const spent of [own, theirs])
      expect(await robbed.ask('identify', { ticket: spent.ticket })).toMatchObject({ ok: false });
    await ownLane(contacts);
    expect(await theirs.hasHeard()).toBe(false);
  });

  it("does not open for an app that claims another's client", async () => {
    const uuid = await account360.evaluate(
      () => (window as unknown as { fin: { me: { identity: { uuid: string } } } }).fin.me.identity.uuid,
    );
    const hostile = await connectRaw(contacts);
    const lane = await openRawLane(contacts, ticketUrl(), hostile.name, { client: { uuid, name: uuid } });
    expect(await hostile.ask('identify', { ticket: lane.ticket })).toMatchObject({
      error: { code: 'APP_NOT_ALLOWED' },
    });
    await ownLane(contacts);
    expect(await lane.hasHeard()).toBe(false);
  });

  it('is closed when the client that it belongs to has left the channel', async () => {
    const { channel, lane, sessionId } = await ownLane(contacts);
    await contacts.evaluate(
      (at) => (window as unknown as { raw: Record<string, { disconnect(): Promise<void> }> }).raw[at]!.disconnect(),
      channel.name,
    );
    await lane.closed();
    await lane.post({ kind: 'execute', requestId: 'late', sessionId, endpoint: '/services/data/v66.0/recent' });
    await ownLane(account360);
    expect((await used.desk.control.counts()).requests['GET /services/data/v66.0/recent']).toBeUndefined();
  });
});

describe('a port', () => {
  beforeEach(() => open());
  afterEach(() => used.close(context));

  it("of a foreign page in an app's own page reaches nobody, whatever client it names", async () => {
    // The sample apps' own policy frames nothing foreign; other apps may have none.
    await used.close(context);
    await open({ bypassCSP: true });
    const { channel, lane: own, sessionId } = await ownLane(contacts);
    const identity = await contacts.evaluate(
      () => (window as unknown as { fin: { me: { identity: { uuid: string; name: string } } } }).fin.me.identity,
    );
    const providerIdentity = await contacts.evaluate(
      (at) => (window as unknown as { raw: Record<string, { providerIdentity: object }> }).raw[at]!.providerIdentity,
      channel.name,
    );
    const nested = await inside(contacts, foreign.url);
    const lane = await openRawLane(nested, ticketUrl(), undefined, {
      client: { uuid: identity.uuid, name: identity.name },
      channel: providerIdentity,
      isRefused: true,
    });
    await lane.post({ kind: 'execute', requestId: 'nested', sessionId, endpoint: '/services/data/v66.0/recent' });
    expect(await own.ask({ sessionId, endpoint: limits })).toMatchObject({ ok: true, data: { status: 200 } });
    expect([lane.ticket, await lane.hasHeard()]).toEqual([undefined, false]);
    expect((await used.desk.control.counts()).requests['GET /services/data/v66.0/recent']).toBeUndefined();
  });

  it('kept while the provider is loaded anew leads nowhere, and the app has another', async () => {
    const { lane, sessionId } = await ownLane(contacts);
    expect(await answers(contacts)).toBe(200);
    const provider = page.frames().find((frame) => frame.url() === `${used.desk.origins.provider}/`)!;
    await Promise.all([provider.waitForNavigation(), provider.evaluate(() => location.reload())]);
    // Signed in unseen, or asked for the approval once more: the page that left may have revoked it in time, or not.
    valueOf(await callAs(contacts, async ({ getConnection }) => void (await getConnection())));
    page.once('popup', (popup) => void signInOn(popup));
    await page.mouse.click(5, 5);
    expect(await answers(contacts)).toBe(200);
    const again = await ownLane(contacts);
    await used.desk.control.resetCounts();
    await lane.post({ kind: 'execute', requestId: 'kept', sessionId, endpoint: '/services/data/v66.0/recent' });
    await lane.post({
      kind: 'execute',
      requestId: 'kept too',
      sessionId: again.sessionId,
      endpoint: '/services/data/v66.0/recent',
    });
    expect(await again.lane.ask({ sessionId: again.sessionId, endpoint: limits })).toMatchObject({ ok: true });
    expect((await used.desk.control.counts()).requests['GET /services/data/v66.0/recent']).toBeUndefined();
  });

  it('kept until the provider has started with a configuration that lists its app no more leads nowhere', async () => {
    const { lane, sessionId } = await ownLane(contacts);
    // Who was connected before is told that the provider has gone.
    expect(await answers(account360)).toBe(200);
    await context.route(`${used.desk.origins.provider}/config.json`, async (route) => {
      const response = await route.fetch();
      const settings = (await response.json()) as { provider: { allowedApps: { origin?: string }[] } };
      const allowedApps = settings.provider.allowedApps.filter(({ origin }) => origin !== used.desk.origins.contacts);
      await route.fulfill({ response, json: { ...settings, provider: { ...settings.provider, allowedApps } } });
    });
    const provider = page.frames().find((frame) => frame.url() === `${used.desk.origins.provider}/`)!;
    await Promise.all([provider.waitForNavigation(), provider.evaluate(() => location.reload())]);
    // Until the desktop leads to the new provider.
    valueOf(await callAs(account360, async ({ getConnection }) => void (await getConnection())));
    const [unlisted, listed] = [await connectRaw(contacts), await connectRaw(account360)];
    const [late, rightful] = [
      await openRawLane(contacts, ticketUrl(), unlisted.name),
      await openRawLane(account360, ticketUrl(), listed.name),
    ];
    expect(await unlisted.ask('identify', { ticket: late.ticket })).toMatchObject({
      error: { code: 'APP_NOT_ALLOWED' },
    });
    await used.desk.control.resetCounts();
    for (const { post } of [lane, late])
      await post({ kind: 'execute', requestId: 'kept', sessionId, endpoint: '/services/data/v66.0/recent' });
    expect(await listed.ask('identify', { ticket: rightful.ticket })).toMatchObject({ ok: true });
    await rightful.opened();
    expect(await late.hasHeard()).toBe(false);
    expect((await used.desk.control.counts()).requests['GET /services/data/v66.0/recent']).toBeUndefined();
  });

  it('is of no use after sign-out: what was granted has ended', async () => {
    const { lane, sessionId } = await ownLane(contacts);
    await page.getByRole('button', { name: 'Sign out for all apps' }).click();
    await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
    await used.desk.control.resetCounts();
    expect(await lane.ask({ sessionId, endpoint: limits })).toMatchObject({ error: { code: 'SESSION_ENDED' } });
    expect((await used.desk.control.counts()).requests['GET /services/data/v66.0/limits']).toBeUndefined();
  });
});

/** Not watched for leaks: carrying each of these messages out of the browser would be most of the work. */
it('a flood of junk and huge bodies on a lane do not stop the others', async () => {
  const unwatched = await used.browser.newContext({ viewport: { width: 1440, height: 900 } });
  const desk = await openSignedIn(unwatched, used.desk);
  const [greedy, other] = [await appFrame(desk, used.desk, 'contacts'), await appFrame(desk, used.desk, 'account-360')];
  const { sessionId, lane } = await ownLane(greedy);
  await greedy.evaluate(
    ({ id, size }) => {
      const { rawLanes } = window as unknown as { rawLanes: Record<string, { port: MessagePort }> };
      const { port } = Object.values(rawLanes).at(-1)!;
      const junk = [
        null,
        0,
        'x'.repeat(1_000),
        [],
        { kind: 'execute' },
        { kind: 'cancel', requestId: 'no' },
        new Map(),
      ];
      for (let index = 0; index < 5_000; index += 1) port.postMessage(junk[index % junk.length]);
      const text = 'x'.repeat(size);
      const request = {
        kind: 'execute',
        sessionId: id,
        endpoint: '/services/data/vXX.X/sobjects/Account',
        method: 'POST',
      };
      port.postMessage({ ...request, requestId: 'huge', body: { kind: 'text', text } });
      port.postMessage({ ...request, requestId: text });
    },
    { id: sessionId, size: 20_000_000 },
  );
  for (let count = 0; count < 5; count += 1) expect(await answers(other)).toBe(200);
  expect(await lane.ask({ sessionId, endpoint: limits })).toMatchObject({ ok: true, data: { status: 200 } });
  await unwatched.close();
});
