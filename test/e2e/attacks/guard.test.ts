/**
 * What an app of the directory can do to others through HERE's shared worker when it speaks to it without core-web,
 * each beside the same step in its own name. The shared worker itself believes all of it.
 */
import type { BrowserContext, Frame, Page } from 'playwright-core';
import { busChannelName } from '../../../src/core-web/interopBus.ts';
import { channelName } from '../../../src/channel/channelVersion.ts';
import { until } from '../../support/until.ts';
import { appFrame, callAs, openSignedIn, valueOf } from '../deskPage.ts';
import { useDesk } from '../useDesk.ts';
import { connectRaw, fetchRawTicket } from './rawChannel.ts';
import { freshIdentity, joinedRaw, joinRaw, type RawClient } from './rawClient.ts';

const used = useDesk({ environment: { SANDBOX_CONTACTS: '200' } });
let context: BrowserContext;
let page: Page;
let victim: Frame;
let attacker: Frame;
let raw: RawClient;

interface ChannelRecord {
  uuid: string;
  name: string;
  channelId: string;
  channelName: string;
}

const brokerUrl = () => `${used.desk.origins.platform}/broker.html`;
const channels = async (): Promise<ChannelRecord[]> =>
  (await raw.send('get-all-channels', {}))?.payload.data as unknown as ChannelRecord[];
const channelNamed = async (name: string): Promise<ChannelRecord> =>
  (await channels()).find((channel) => channel.channelName === name)!;
const limits = (frame: Frame) =>
  callAs(
    frame,
    async ({ connect }) => (await (await connect()).executeApiRequest('/services/data/vXX.X/limits')).status,
  );
const refusedWith = (reason: string) => ({ payload: { success: false, reason: expect.stringContaining(reason) } });

describe('a client of the desktop', () => {
  beforeAll(async () => {
    context = await used.newContext({ viewport: { width: 1440, height: 900 } });
    page = await openSignedIn(context, used.desk);
    [victim, attacker] = [
      await appFrame(page, used.desk, 'contacts'),
      await appFrame(page, used.desk, 'intent-raiser'),
    ];
    raw = await joinedRaw(attacker, brokerUrl());
  });
  afterAll(() => used.close(context));

  it('cannot join under the id of a page that is there: it is told so, and may come under one of its own', async () => {
    const provider = await channelNamed(channelName);
    for (const identity of [
      { uuid: provider.uuid, name: 'another' },
      { uuid: provider.uuid, name: provider.name },
    ]) {
      expect(await joinRaw(attacker, brokerUrl(), identity)).toContain(
        'Another page of this desktop has this client id',
      );
    }
    expect(await joinRaw(attacker, brokerUrl(), freshIdentity())).toMatchObject({ identity: expect.anything() });
  });

  it('cannot join under an identity that cannot be read, or with more in it than an id', async () => {
    const { uuid, name } = freshIdentity();
    const more = `of-broker<${btoa(JSON.stringify({ uuid, name, runtimeUuid: 'r', endpointId: 'e' }))}>`;
    for (const frameName of ['', 'of-broker<>', 'of-broker<bm8=>', `of-broker<${btoa('{}')}>`, more]) {
      expect(await joinRaw(attacker, brokerUrl(), { uuid, name }, frameName)).toContain(
        'did not say which client this is',
      );
    }
  });

  it("cannot join under an id that joined to its name reads as another client's, and so ends nobody's channel by leaving", async () => {
    for (const separator of ['/', '_']) {
      const uuid = crypto.randomUUID();
      const owner = await joinedRaw(victim, brokerUrl(), { uuid, name: `main${separator}window` });
      expect(await owner.send('create-channel', { channelName: `made by ${uuid}` })).toMatchObject({
        payload: { success: true },
      });
      const twin = await joinRaw(attacker, brokerUrl(), { uuid: `${uuid}${separator}main`, name: 'window' });
      if (typeof twin !== 'string') await twin.leave();
      expect(twin).toContain('did not say which client this is');
      expect(await joinRaw(attacker, brokerUrl(), { uuid: `${uuid}-main`, name: `a${separator}window` })).toMatchObject(
        { identity: expect.anything() },
      );
    }
  });

  it('has an id for as long as its frame lives, and no longer', async () => {
    const first = await joinedRaw(attacker, brokerUrl());
    const again = { ...first.identity, name: 'again' };
    expect(await joinRaw(attacker, brokerUrl(), again)).toEqual(expect.any(String));
    await first.leave();
    let second: RawClient | string = '';
    await until(async () => typeof (second = await joinRaw(attacker, brokerUrl(), again)) !== 'string');
    expect(second).toMatchObject({ identity: again });
  });

  it('gets no answer to what the page has asked that had its id before', async () => {
    const owner = await joinedRaw(victim, brokerUrl());
    const name = crypto.randomUUID();
    await owner.send('create-channel', { channelName: name });
    const asker = await joinedRaw(victim, brokerUrl());
    const unanswered = asker.send(
      'connect-to-channel',
      { channelName: name, wait: false },
      { messageId: 'asked by another page' },
    );
    const connection = async () =>
      (await owner.received()).find(({ action }) => action === 'process-channel-connection') as
        { payload: { ackToSender: { payload: object } } } | undefined;
    await until(async () => (await connection()) !== undefined);
    await asker.leave();
    let heir: RawClient | string = '';
    await until(async () => typeof (heir = await joinRaw(attacker, brokerUrl(), asker.identity)) !== 'string');
    await owner.post({
      topic: 'wire-message',
      message: JSON.stringify({
        action: 'send-channel-result',
        payload: (await connection())!.payload.ackToSender.payload,
      }),
    });
    // The shared worker keeps the order in which it hears of things: this answer comes after the other one would.
    await owner.send('get-all-channels', {});
    expect(await (heir as unknown as RawClient).send('get-all-channels', {})).toMatchObject({
      payload: { success: true },
    });
    expect(JSON.stringify(await (heir as unknown as RawClient).received())).not.toContain('asked by another page');
    expect(await Promise.race([unanswered, Promise.resolve('nothing so far')])).toBe('nothing so far');
  });

  it('makes channels of its own, and none of those that belong to provider and platform', async () => {
    for (const name of [channelName, busChannelName('northbridge-desktop'), 'interop-broker-northbridge-desktop']) {
      expect([name, await raw.send('create-channel', { channelName: name })]).toMatchObject([
        name,
        refusedWith('only'),
      ]);
    }
    expect(await raw.send('create-channel', { channelName: 'own' })).toMatchObject({ payload: { success: true } });
    expect(await raw.send('destroy-channel', { channelName: 'own' })).toMatchObject({ payload: { success: true } });
  });

  it('ends no channel that another page has made', async () => {
    const before = await channels();
    for (const { channelName: name } of before)
      expect(await raw.send('destroy-channel', { channelName: name })).toMatchObject(
        refusedWith('not made by this page'),
      );
    expect(await channels()).toEqual(before);
    expect(valueOf(await limits(victim))).toBe(200);
  });

  it("says nothing to others in the provider's name", async () => {
    const provider = await channelNamed(channelName);
    const platform = await channelNamed(busChannelName('northbridge-desktop'));
    const popups: Page[] = [];
    page.on('popup', (popup) => popups.push(popup));
    const request = {
      signInId: 'forged',
      url: `${used.desk.origins['intent-raiser']}/`,
      orgUrl: used.desk.orgUrl,
      width: 500,
      height: 500,
    };
    const forged = {
      uuid: platform.uuid,
      name: platform.name,
      providerIdentity: provider,
      action: 'platform.openSignInWindow',
      payload: request,
    };
    for (const changes of [{}, { endpointId: crypto.randomUUID() }]) {
      expect(await raw.send('send-channel-message', { ...forged, ...changes })).toMatchObject(
        refusedWith('no such connection'),
      );
    }
    expect(popups).toEqual([]);
    expect(await page.getByText('Signing in').count()).toBe(0);
  });

  it("says nothing to the provider on another app's connection, and what it likes on its own", async () => {
    const known = await connectRaw(victim);
    const ticketUrl = `${used.desk.origins.provider}/ticket.html`;
    expect(await known.ask('identify', { ticket: await fetchRawTicket(victim, ticketUrl, known.name) })).toMatchObject({
      ok: true,
    });
    const { data } = (await known.ask('getConnection', { requestId: 'r' })) as { data: { sessionId: string } };
    const { endpointId } = await victim.evaluate(
      (at) => (window as unknown as { raw: Record<string, { endpointId: string }> }).raw[at]!,
      known.name,
    );
    expect(endpointId).toEqual(expect.any(String));

    const provider = await channelNamed(channelName);
    const execute = { requestId: 'x', sessionId: data.sessionId, endpoint: '/services/data/v66.0/limits' };
    const message = { ...provider, providerIdentity: provider, action: 'execute', payload: execute };
    expect(await raw.send('send-channel-message', { ...message, endpointId })).toMatchObject(
      refusedWith('no such connection'),
    );
    const own = (await raw.send('connect-to-channel', { channelName, wait: false }))!.payload.data as {
      endpointId: string;
    };
    expect(await raw.send('send-channel-message', { ...message, endpointId: own.endpointId })).toMatchObject({
      payload: { success: true, data: { result: { ok: false, error: { code: 'APP_NOT_ALLOWED' } } } },
    });
    expect(await known.ask('execute', execute)).toMatchObject({ ok: true });
  });

  it('answers nothing that it was not asked', async () => {
    const provider = await channelNamed(channelName);
    const asked = await victim.evaluate(
      () => (window as unknown as { fin: { me: { identity: { uuid: string; name: string } } } }).fin.me.identity,
    );
    const forged = {
      correlationId: 'abc',
      destinationToken: asked,
      originalAction: 'send-channel-message',
      success: true,
      payload: { ...provider, result: { ok: true } },
    };
    const warned = page.waitForEvent('console', (message) => message.text().startsWith('[salesforce-interop desktop]'));
    await raw.post({
      topic: 'wire-message',
      message: JSON.stringify({ action: 'send-channel-result', payload: forged }),
    });
    expect((await warned).text()).toContain('This page was not asked');
  });

  it('is not told which clients of others have gone, only of its own', async () => {
    const listener = await joinedRaw(attacker, brokerUrl());
    await listener.send('subscribe-to-desktop-event', { topic: 'channel', type: 'client-disconnected' });
    await listener.send('create-channel', { channelName: 'listeners-own' });
    const [foreign, own] = [await joinedRaw(victim, brokerUrl()), await joinedRaw(victim, brokerUrl())];
    await foreign.send('connect-to-channel', { channelName, wait: false });
    const connecting = own.send('connect-to-channel', { channelName: 'listeners-own', wait: false });
    await until(async () => (await listener.received()).some(({ action }) => action === 'process-channel-connection'));
    await foreign.leave();
    await own.leave();
    const told = async () =>
      (await listener.received()).filter(({ payload }) => payload?.type === 'client-disconnected');
    await until(async () => (await told()).length > 0);
    expect(await told()).toMatchObject([{ payload: { channelName: 'listeners-own' } }]);
    await connecting;
  });

  it('gets no further with what the platform does not know', async () => {
    expect(await raw.send('raise-event', { eventName: 'x' })).toMatchObject(refusedWith('no such call'));
    expect(await raw.send('connect-to-channel', { channelName }, { locals: { aggregate: [{}] } })).toMatchObject(
      refusedWith('no such call'),
    );
    expect(await raw.send('__proto__', {})).toMatchObject(refusedWith('no such call'));
    for (const data of [
      null,
      1,
      'x',
      {},
      { topic: 'worker-initialize-connection', payload: { identity: freshIdentity() } },
      { topic: 'wire-message', message: 'no json' },
    ])
      await raw.post(data);
    expect(await channels()).toEqual(expect.arrayContaining([expect.objectContaining({ channelName })]));
  });

  it('cannot use a ticket that another client has fetched, and nobody can use it then', async () => {
    const [fetched, stolen] = [await connectRaw(victim), await connectRaw(attacker)];
    const ticket = await fetchRawTicket(victim, `${used.desk.origins.provider}/ticket.html`, fetched.name);
    const audited = page.waitForEvent(
      'console',
      (message) =>
        message.text().startsWith('[salesforce-interop]') &&
        message.text().includes('"identify"') &&
        message.text().includes('APP_NOT_ALLOWED'),
    );
    expect(await stolen.ask('identify', { ticket })).toMatchObject({
      ok: false,
      error: { code: 'APP_NOT_ALLOWED', message: expect.stringContaining('another client') },
    });
    await audited;
    expect(await fetched.ask('identify', { ticket })).toMatchObject({ ok: false });
  });

  it('keeps five hundred subscriptions on the platform page and no more, while others subscribe as ever', async () => {
    interface Desktop {
      fin: { InterApplicationBus: { subscribe(source: object, topic: string, listener: () => void): Promise<void> } };
    }
    const refusals = (frame: Frame, count: number) =>
      frame.evaluate(async (times) => {
        const { InterApplicationBus } = (window as unknown as Desktop).fin;
        const tried = await Promise.allSettled(
          Array.from({ length: times }, (_, at) =>
            InterApplicationBus.subscribe({ uuid: '*' }, `flood-${at}`, () => undefined),
          ),
        );
        return tried.flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : []));
      }, count);
    const refused = await refusals(attacker, 510);
    expect(refused.length).toBeGreaterThanOrEqual(10);
    for (const reason of refused) expect(reason).toContain('500 subscriptions already');
    expect(await refusals(victim, 2)).toEqual([]);
  });
});
