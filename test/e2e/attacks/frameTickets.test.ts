/** What hostile pages try with the provider's page, which answers requests for tickets, each beside an app's own. */
import type { BrowserContext, Frame, Page } from 'playwright-core';
import { protocolVersion } from '../../../src/channel/channelVersion.ts';
import { appFrame, callAs, openSignedIn, valueOf } from '../deskPage.ts';
import { openOrigin, type Origin } from '../servePages.ts';
import { useDesk } from '../useDesk.ts';
import { connectRaw, type RawChannel } from './rawChannel.ts';

const used = useDesk({ environment: { SANDBOX_CONTACTS: '50' } });
let foreign: Origin;
let context: BrowserContext;
let page: Page;
/** A page of the directory, turned hostile. */
let contacts: Frame;
let account360: Frame;

const limits = '/services/data/vXX.X/limits';
const answers = (frame: Frame) =>
  callAs(frame, async ({ connect }) => {
    return (await (await connect()).executeApiRequest('/services/data/vXX.X/limits')).status;
  }).then(valueOf);

interface Reply {
  type: string;
  ticket?: string;
  reason?: string;
}
interface Party {
  client: { uuid: string; name: string };
  channel: { uuid: string; name: string; channelId: string };
  frame: number;
}
type InPage = typeof window & {
  raw: Record<string, { providerIdentity: Party['channel'] }>;
  fin: { me: { identity: Party['client'] } };
  lanes?: { port: MessagePort; heard: unknown[] }[];
};

/** What an app knows once it has said hello: enough to ask for a ticket, and to tell others. */
async function partyOf(frame: Frame): Promise<{ channel: RawChannel; party: Party }> {
  const channel = await connectRaw(frame);
  const { data } = await channel.ask('hello', { protocol: protocolVersion, client: { name: 'raw', version: '1' } });
  const { identification } = data as { identification: { frame: number } };
  const known = await frame.evaluate((at) => {
    const { raw, fin } = window as unknown as InPage;
    const { uuid, name, channelId } = raw[at]!.providerIdentity;
    return { client: { uuid: fin.me.identity.uuid, name: fin.me.identity.name }, channel: { uuid, name, channelId } };
  }, channel.name);
  return { channel, party: { ...known, frame: identification.frame } };
}

/** Asks the provider's page for a ticket, whatever page does so, and sends a port along. */
function askFrame(from: Frame, { frame, ...parties }: Party): Promise<Reply> {
  return from.evaluate(
    ([at, given]) =>
      new Promise<Reply>((resolve) => {
        const provider = ((window.opener as Window | null) ?? window).top![at]!;
        const nonce = crypto.randomUUID();
        const { port1, port2 } = new MessageChannel();
        const lane = { port: port1, heard: [] as unknown[] };
        port1.onmessage = ({ data }) => lane.heard.push(data);
        ((window as unknown as InPage).lanes ??= []).push(lane);
        window.addEventListener('message', ({ source, data }: MessageEvent<Reply & { nonce: string }>) => {
          if (source === provider && data.nonce === nonce) resolve({ ...data });
        });
        provider.postMessage({ type: 'salesforce-interop.ticketRequest', nonce, ...given }, '*', [port2]);
      }),
    [frame, parties] as const,
  );
}
const heard = (frame: Frame) =>
  frame.evaluate(() => (window as unknown as InPage).lanes!.reduce((count, lane) => count + lane.heard.length, 0));

/** A page in a page. */
async function inside(frame: Frame, url: string, attributes: Record<string, string> = {}): Promise<Frame> {
  const arrived = page.waitForEvent('framenavigated', (one) => one.url().startsWith(url));
  await frame.evaluate(
    ([src, more]) => {
      const element = document.createElement('iframe');
      for (const [name, value] of Object.entries({ ...more, src })) element.setAttribute(name, value);
      document.body.append(element);
    },
    [url, attributes] as const,
  );
  return arrived;
}

describe("the provider's page, asked for tickets", () => {
  beforeAll(async () => {
    foreign = await openOrigin();
    foreign.files.set('/', { type: 'text/html', body: '<!doctype html><title>Foreign</title><body></body>' });
  });
  // A desktop for each: an app's share of tickets is of ten seconds, whoever has used it up.
  beforeEach(async () => {
    // The sample apps' own policy frames nothing foreign; other apps may have none.
    context = await used.newContext({ viewport: { width: 1440, height: 900 }, bypassCSP: true });
    page = await openSignedIn(context, used.desk);
    [contacts, account360] = [
      await appFrame(page, used.desk, 'contacts'),
      await appFrame(page, used.desk, 'account-360'),
    ];
  });
  afterEach(() => used.close(context));
  afterAll(() => foreign.close());

  it("an app gets its ticket and its lane from the provider's page, and frames no page for it", async () => {
    const framed: string[] = [];
    page.on('framenavigated', (frame) => framed.push(frame.url()));
    expect(await answers(contacts)).toBe(200);
    expect(framed.filter((url) => url.startsWith(used.desk.origins.provider))).toEqual([]);
    const { channel, party } = await partyOf(contacts);
    const { ticket } = await askFrame(contacts, party);
    expect(await channel.ask('identify', { ticket })).toMatchObject({ ok: true });
    await contacts.waitForFunction(() => (window as unknown as InPage).lanes!.at(-1)!.heard.length > 0);
    expect(await channel.ask('identify', { ticket })).toMatchObject({ error: { code: 'APP_NOT_ALLOWED' } });
  });

  it.each(['same site', 'another site'])(
    "a page of %s that an app has framed or opened gets nothing in the app's name, whatever client it names",
    async (site) => {
      const url = site === 'same site' ? foreign.url : foreign.url.replace('localhost', '127.0.0.1');
      const { channel, party } = await partyOf(contacts);
      const nested = await inside(contacts, url);
      const opening = context.waitForEvent('page');
      await contacts.evaluate((address) => void window.open(address), url);
      const opened = await opening;
      await opened.waitForURL(`${url}/`);
      await page.bringToFront();
      for (const stranger of [nested, opened.mainFrame()]) {
        const { ticket } = await askFrame(stranger, party);
        // Its ticket says where it came from, even when the app itself presents it.
        expect(await channel.ask('identify', { ticket })).toMatchObject({
          error: { code: 'APP_NOT_ALLOWED', message: expect.stringContaining(url) },
        });
      }
      const own = await askFrame(contacts, party);
      expect(await channel.ask('identify', { ticket: own.ticket })).toMatchObject({ ok: true });
      expect(await channel.ask('getConnection', { requestId: 'r' })).toMatchObject({ ok: true });
      expect([await heard(nested), await heard(opened.mainFrame())]).toEqual([0, 0]);
      await opened.close();
    },
  );

  it('a page without an origin of its own gets no ticket', async () => {
    const { party } = await partyOf(contacts);
    const sandboxed = await inside(contacts, foreign.url, { sandbox: 'allow-scripts' });
    const asked = askFrame(sandboxed, party).then(
      () => 'answered',
      () => 'gone',
    );
    // Messages of one page arrive in their order, and others after those that were there before.
    expect(await askFrame(contacts, party)).toMatchObject({ type: 'salesforce-interop.ticket' });
    expect(await askFrame(account360, party)).toMatchObject({ type: 'salesforce-interop.ticket' });
    expect(await heard(sandboxed)).toBe(0);
    await contacts.evaluate(() => document.querySelector('iframe[sandbox]')!.remove());
    expect(await asked).toBe('gone');
  });

  it("a ticket of another app's page is of no use, and neither is a request for another channel", async () => {
    const [thief, robbed] = [await partyOf(account360), await partyOf(contacts)];
    const stolen = await askFrame(contacts, robbed.party);
    expect(await thief.channel.ask('identify', { ticket: stolen.ticket })).toMatchObject({
      error: { code: 'APP_NOT_ALLOWED' },
    });
    // Named for the thief's client, it is still the other app's origin that it says.
    const named = await askFrame(contacts, { ...robbed.party, client: thief.party.client });
    expect(await robbed.channel.ask('identify', { ticket: named.ticket })).toMatchObject({
      error: { code: 'APP_NOT_ALLOWED' },
    });
    const other = { ...robbed.party.channel, channelId: crypto.randomUUID() };
    expect(await askFrame(contacts, { ...robbed.party, channel: other })).toMatchObject({
      type: 'salesforce-interop.ticketRefused',
      reason: 'foreignChannel',
    });
    const own = await askFrame(contacts, robbed.party);
    expect(await robbed.channel.ask('identify', { ticket: own.ticket })).toMatchObject({ ok: true });
  });

  it('a flood of requests and of junk from one app gets it no more than its share, and others theirs', async () => {
    const greedy = await partyOf(contacts);
    const { issued, refused, shares } = await contacts.evaluate(
      ([at, given, asked]) =>
        new Promise<{ issued: number; refused: string[]; shares: number }>((resolve) => {
          const provider = window.top![at]!;
          const began = performance.now();
          let tickets = 0;
          const refusals: string[] = [];
          window.addEventListener('message', ({ source, data }: MessageEvent<Reply>) => {
            if (source !== provider) return;
            if (data.ticket === undefined) refusals.push(data.reason ?? data.type);
            else tickets += 1;
            // A share is of ten seconds, of which a slow machine may take more than one.
            const tenSeconds = Math.floor((performance.now() - began) / 10_000) + 1;
            if (tickets + refusals.length === asked)
              resolve({ issued: tickets, refused: [...new Set(refusals)], shares: tenSeconds });
          });
          const junk = [null, 0, 'x'.repeat(1_000), [], { type: 'salesforce-interop.ticketRequest' }, new Map()];
          for (let index = 0; index < 5_000; index += 1) provider.postMessage(junk[index % junk.length], '*');
          for (let index = 0; index < asked; index += 1)
            provider.postMessage({ type: 'salesforce-interop.ticketRequest', nonce: `n${index}`, ...given }, '*');
        }),
      [greedy.party.frame, { client: greedy.party.client, channel: greedy.party.channel }, 900] as const,
    );
    expect(issued).toBeLessThanOrEqual(300 * shares);
    expect(refused).toEqual(['tooMany']);
    expect(await answers(account360)).toBe(200);
    const { channel, party } = await partyOf(account360);
    const { ticket } = await askFrame(account360, party);
    expect(await channel.ask('identify', { ticket })).toMatchObject({ ok: true });
    const { data } = await channel.ask('getConnection', { requestId: 'r' });
    expect(
      await channel.ask('execute', {
        requestId: 'after',
        sessionId: (data as { sessionId: string }).sessionId,
        endpoint: limits,
      }),
    ).toMatchObject({ ok: true, data: { status: 200 } });
  });
});
