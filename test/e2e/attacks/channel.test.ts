/** What hostile apps of the same desktop try over the channel, each beside the same step taken rightly. */
import type { BrowserContext, Frame, Page } from 'playwright-core';
import { appFrame, callAs, openDesk, openSignedIn, valueOf } from '../deskPage.ts';
import { useDesk } from '../useDesk.ts';
import { answersRawRequest, connectRaw, countTickets, fetchRawTicket, identifyRaw } from './rawChannel.ts';

const used = useDesk({ environment: { SANDBOX_CONTACTS: '200' } });
let context: BrowserContext;
let page: Page;
let contacts: Frame;
let account360: Frame;

const provider = () => used.desk.origins.provider;
const ticketUrl = () => `${provider()}/ticket.html`;
/** As an app that says who its provider has to be. */
const connectTo = (frame: Frame, origin: string | undefined) =>
  callAs(
    frame,
    async ({ configure, connect }, expected) => {
      configure(expected === null ? {} : { provider: { origin: expected } });
      return (await connect()).currentUser.Name;
    },
    origin ?? null,
  );
const limits = (frame: Frame) =>
  callAs(
    frame,
    async ({ connect }) => (await (await connect()).executeApiRequest('/services/data/vXX.X/limits')).status,
  );

async function open(how = openDesk): Promise<void> {
  context = await used.newContext({ viewport: { width: 1440, height: 900 } });
  page = await how(context, used.desk);
  [contacts, account360] = [
    await appFrame(page, used.desk, 'contacts'),
    await appFrame(page, used.desk, 'account-360'),
  ];
}

describe('on a desk where somebody is signed in', () => {
  beforeAll(async () => {
    await open(openSignedIn);
  });
  afterAll(() => used.close(context));

  it("a ticket is good once, and only for the provider's own channel", async () => {
    const first = await connectRaw(contacts);
    const ticket = await fetchRawTicket(contacts, ticketUrl(), first.name);
    expect(await first.ask('identify', { ticket })).toMatchObject({ ok: true });
    const second = await connectRaw(account360);
    expect(await second.ask('identify', { ticket })).toMatchObject({ ok: false, error: { code: 'APP_NOT_ALLOWED' } });
    expect(
      await fetchRawTicket(contacts, ticketUrl(), first.name, {
        channel: { uuid: 'u', name: 'n', channelId: crypto.randomUUID() },
      }),
    ).toBeUndefined();
    const client = await contacts.evaluate(() => ({
      ...(window as unknown as { fin: { me: { identity: object } } }).fin.me.identity,
    }));
    expect(
      await answersRawRequest(contacts, ticketUrl(), first.name, {
        type: 'salesforce-interop.ticketRequest',
        nonce: crypto.randomUUID(),
        client,
      }),
    ).toBe(false);
    for (const made of ['x'.repeat(36), crypto.randomUUID(), '', '__proto__', 'constructor'.padEnd(20)]) {
      expect(await second.ask('identify', { ticket: made })).toMatchObject({ ok: false });
    }
    expect(
      await second.ask('identify', { ticket: await fetchRawTicket(account360, ticketUrl(), second.name) }),
    ).toMatchObject({ ok: true });
  });

  it('a ticket page asks the provider for one ticket, however often it is asked itself', async () => {
    const { name } = await connectRaw(contacts);
    expect(await countTickets(contacts, ticketUrl(), name, 30)).toBe(1);
  });

  it('an app that expects the provider by its origin has it, and nobody else', async () => {
    expect(valueOf(await connectTo(account360, provider()))).toBe('Morgan Reed');
    expect((await connectTo(account360, used.desk.origins.contacts)).error).toMatchObject({
      code: 'PROVIDER_UNAVAILABLE',
      message: expect.stringContaining('Another app'),
    });
    expect(valueOf(await connectTo(account360, undefined))).toBe('Morgan Reed');
  });

  it('an app that has not said who it is, or is no platform, gets nothing of either', async () => {
    const unknown = await connectRaw(contacts);
    const known = await identifyRaw(contacts, ticketUrl());
    const { sessionId } = (await known.ask('getConnection', { requestId: 'r' })).data as { sessionId: string };
    const wanted = { requestId: 'x', sessionId, endpoint: '/services/data/v66.0/limits' };
    for (const [action, payload] of [
      ['connect', { requestId: 'x' }],
      ['getConnection', { requestId: 'x' }],
      ['execute', wanted],
      ['disconnect', { sessionId }],
      ['platform.status', {}],
    ] as const) {
      expect([action, await unknown.ask(action, payload)]).toMatchObject([
        action,
        { ok: false, error: { code: 'APP_NOT_ALLOWED' } },
      ]);
    }
    for (const [action, payload] of [
      ['platform.status', {}],
      ['platform.signIn', {}],
      ['platform.signOut', {}],
      ['platform.signInWindow', { signInId: 's', event: 'cancelled' }],
      ['recordView.state', { viewId: 'v' }],
      ['recordView.chosen', { viewId: 'v', type: 'Contact', id: '003' }],
      ['recordView.follow', { viewId: 'v', context: { type: 'fdc3.contact' } }],
    ] as const) {
      expect([action, await known.ask(action, payload)]).toMatchObject([
        action,
        { ok: false, error: { code: 'APP_NOT_ALLOWED' } },
      ]);
    }
    // Somebody else's session id is of no use: it has to be connected to first.
    const other = await identifyRaw(account360, ticketUrl());
    expect(await other.ask('execute', wanted)).toMatchObject({ ok: false, error: { code: 'SESSION_ENDED' } });
    expect(await known.ask('execute', wanted)).toMatchObject({ ok: true, data: { status: 200 } });
  });

  it('names that lead to prototypes change none, in whichever action they come', async () => {
    const channel = await identifyRaw(contacts, ticketUrl());
    const { sessionId } = (await channel.ask('getConnection', { requestId: 'r' })).data as { sessionId: string };
    const evil =
      '"__proto__":{"polluted":"yes","role":"platform"},"constructor":{"prototype":{"polluted":"yes"}},"toString":"x","hasOwnProperty":1';
    const bodies: Record<string, string> = {
      hello: '"protocol":{"major":1,"minor":0,EVIL},"client":{"name":"x","version":"1",EVIL}',
      identify: '"ticket":"xxxxxxxxxxxxxxxxxxxxxxxxx"',
      connect: '"requestId":"__proto__","authFlowParams":{EVIL},"authWindowOptions":{EVIL}',
      getConnection: '"requestId":"__proto__"',
      execute: `"requestId":"__proto__","sessionId":"${sessionId}","endpoint":"/services/data/v66.0/limits","method":"POST","headers":{"__proto__":"x","constructor":"y"},"body":{"kind":"json","value":{EVIL}}`,
      cancel: '"requestId":"__proto__"',
      disconnect: '"sessionId":"__proto__"',
      expireTokens: '"sessionId":"constructor"',
      'platform.status': '"x":{EVIL}',
      'platform.signInWindow': '"signInId":"__proto__","event":"closed"',
      'recordView.state': '"viewId":"__proto__"',
      'recordView.follow': '"viewId":"__proto__","context":{"type":"fdc3.contact",EVIL}',
    };
    for (const [action, body] of Object.entries(bodies)) {
      for (const payload of [
        `{${body.replaceAll('EVIL', evil)}}`,
        `{${body.replaceAll('EVIL', evil)},${evil}}`,
        `{${evil}}`,
        `[{${evil}}]`,
      ]) {
        expect(await channel.askText(action, payload)).toMatchObject({ ok: expect.any(Boolean) });
      }
    }
    for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty', ''])
      expect((await channel.ask(name, {})).thrown).toEqual(expect.any(String));
    for (const frame of page.frames())
      expect([
        frame.url(),
        await frame.evaluate(() => ({}) as { polluted?: unknown }).then(({ polluted }) => polluted ?? null),
      ]).toEqual([frame.url(), null]);
    for (const worker of page.workers())
      expect(
        await worker.evaluate(() => ({
          polluted: ({} as { polluted?: unknown }).polluted ?? null,
          role: ({} as { role?: unknown }).role ?? null,
        })),
      ).toEqual({ polluted: null, role: null });
    expect(await channel.ask('platform.status', {})).toMatchObject({ ok: false });
    expect(valueOf(await limits(account360))).toBe(200);
  });

  it('a second provider page opened beside the first does not come between it and its apps', async () => {
    const second = await context.newPage();
    await Promise.all([second.waitForResponse(`${provider()}/config.json`), second.goto(`${provider()}/`)]);
    await page.bringToFront();
    for (let count = 0; count < 3; count += 1)
      expect(
        (await identifyRaw(contacts, ticketUrl()).then((channel) => channel.ask('getConnection', { requestId: 'r' })))
          .ok,
      ).toBe(true);
    await second.close();
  });
});

/** Not watched for leaks: carrying each of these messages out of the browser would be most of the work. */
it('a flood of junk and a huge body from one app do not stop the others', async () => {
  const unwatched = await used.browser.newContext({ viewport: { width: 1440, height: 900 } });
  const desk = await openSignedIn(unwatched, used.desk);
  const [greedy, other] = [await appFrame(desk, used.desk, 'contacts'), await appFrame(desk, used.desk, 'account-360')];
  const channel = await identifyRaw(greedy, ticketUrl());
  const { sessionId } = (await channel.ask('getConnection', { requestId: 'r' })).data as { sessionId: string };
  const flood = greedy.evaluate(
    async ({ id, size }) => {
      const { raw } = window as unknown as {
        raw: Record<string, { dispatch(action: string, payload: unknown): Promise<{ ok: boolean }> }>;
      };
      const sender = Object.values(raw).at(-1)!;
      const junk = [null, 0, 'x'.repeat(1_000), [], { a: { b: [] } }, { requestId: 1 }, { sessionId: id }];
      const sent = Array.from({ length: 5_000 }, (_, index) =>
        sender
          .dispatch(['execute', 'connect', 'identify', 'cancel', 'nothing'][index % 5]!, junk[index % junk.length])
          .then(
            ({ ok }) => ok,
            () => false,
          ),
      );
      const huge = sender.dispatch('execute', {
        requestId: 'huge',
        sessionId: id,
        endpoint: '/services/data/v66.0/sobjects/Account',
        method: 'POST',
        body: { kind: 'text', text: 'x'.repeat(size) },
      });
      return [(await Promise.all(sent)).some(Boolean), (await huge).ok];
    },
    { id: sessionId, size: 20_000_000 },
  );
  for (let count = 0; count < 5; count += 1) expect(valueOf(await limits(other))).toBe(200);
  expect(await flood).toEqual([false, false]);
  expect(valueOf(await limits(greedy))).toBe(200);
  await unwatched.close();
});
