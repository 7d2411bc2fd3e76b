import { jest } from '@jest/globals';
import { recordingEnd, recordOf } from '../apps.ts';
import { startWebPlatform } from './webPages.ts';

const [blotter, chat] = [recordOf('blotter'), recordOf('chat')];
const shared = { ...recordOf('orders'), details: { url: 'https://blotter.bank.example/orders' } };
const [blotterUrl, chatUrl] = [blotter.details.url, chat.details.url];

let platform: ReturnType<typeof startWebPlatform>;
beforeEach(() => {
  platform = startWebPlatform([blotter, chat, shared]);
});
afterEach(() => platform.close());

const idsOf = (appId: string) => platform.instances.all(appId).map(({ instanceId }) => instanceId);
/** Until the app has gone. */
const gone = (instanceId: string) =>
  new Promise<void>((resolve) => {
    const look = () => !platform.instances.all().some((one) => one.instanceId === instanceId) && resolve();
    platform.instances.onChanged(look);
    look();
  });

describe('a page that looks for its desktop agent', () => {
  it('is the app whose address it has: several apps may have one origin', async () => {
    const [one, other] = [platform.openWindow(), platform.openWindow()];
    expect(await one.join(`${blotterUrl}`)).toMatchObject({ admitted: true, told: { appId: 'blotter' } });
    expect(await other.join(`${blotterUrl}orders`)).toMatchObject({ admitted: true, told: { appId: 'orders' } });
  });

  it.each([
    ['that the directory does not know', 'https://stranger.example/', 'https://stranger.example'],
    ["and says another origin's address", chatUrl, new URL(blotterUrl).origin],
    ['and tells no address', 'chat', new URL(chatUrl).origin],
  ])('is refused %s', async (_, url, origin) => {
    const { admitted, port } = await platform.openWindow().join(url, { origin });
    expect(admitted).toBe(false);
    expect(platform.instances.all()).toEqual([]);
    expect(platform.refused).toEqual([{ origin, reason: expect.any(String) }]);
    port.say({ type: 'getInfoRequest', meta: { requestUuid: 'r' }, payload: {} });
    await platform.openWindow().join(blotterUrl);
    expect(port.heard).toHaveLength(1);
  });

  it('gets no answer in a frame without an origin', () => {
    expect(platform.openWindow().hello('null')).toBeUndefined();
    expect(platform.refused).toHaveLength(1);
  });

  it('is heard once it has said who it is, and not before', async () => {
    const port = platform.openWindow().hello(new URL(blotterUrl).origin)!;
    port.say({ type: 'getInfoRequest', meta: { requestUuid: 'early' }, payload: {} });
    const url = blotterUrl;
    const meta = { connectionAttemptUuid: 'attempt', timestamp: new Date() };
    port.say({ type: 'WCP4ValidateAppIdentity', meta, payload: { identityUrl: url, actualUrl: url } });
    await port.event('WCP5ValidateAppIdentityResponse');
    await port.ask('getInfoRequest');
    expect(port.heard.map(({ meta: { requestUuid } }) => requestUuid)).not.toContain('early');
  });

  it('leaves room for others: an origin has a share of ports whose pages have not said who they are', async () => {
    const { origin } = new URL(blotterUrl);
    const got = Array.from({ length: 30 }, () => platform.openWindow().hello(origin));
    expect(got.filter(Boolean)).toHaveLength(20);
    expect(await platform.openWindow().join(chatUrl)).toMatchObject({ admitted: true });
  });
});

describe('a page that is loaded again', () => {
  it('is the instance that it was, in its window', async () => {
    const window = platform.openWindow();
    const { told, port } = await window.join(blotterUrl);
    port.say({ type: 'WCP6Goodbye', meta: { timestamp: new Date() } });
    await gone(told['instanceId']!);
    const again = await window.join(blotterUrl, { instanceUuid: told['instanceUuid']! });
    expect(again.told).toMatchObject({ instanceId: told['instanceId'], instanceUuid: told['instanceUuid'] });
  });

  it('is heard on its new port only, though it has not said goodbye', async () => {
    const window = platform.openWindow();
    const before = await window.join(blotterUrl);
    await before.port.ask('addIntentListenerRequest', { intent: 'Old' });
    const again = await window.join(blotterUrl, { instanceUuid: before.told['instanceUuid']! });
    expect(idsOf('blotter')).toEqual([again.told['instanceId']]);
    expect([...platform.instances.all('blotter')[0]!.intents]).toEqual([]);
  });

  it('is an instance of its own where the page that was that one is there still', async () => {
    const window = platform.openWindow();
    const first = await window.join(blotterUrl);
    first.port.beats();
    const second = await window.join(blotterUrl, { instanceUuid: first.told['instanceUuid']! });
    expect(new Set(idsOf('blotter'))).toEqual(new Set([first.told['instanceId'], second.told['instanceId']]));
    expect(await first.port.ask('getInfoRequest')).toHaveProperty('implementationMetadata');
  });

  it.each([
    ['another window, which has its session storage', blotterUrl, true],
    ['its window, as another app of its origin', `${blotterUrl}orders`, false],
    ['its window, as an app of another origin', chatUrl, false],
  ])('is another instance in %s', async (_, url, otherWindow) => {
    const window = platform.openWindow();
    const { told } = await window.join(blotterUrl);
    const place = otherWindow ? platform.openWindow() : window;
    const again = await place.join(url, { instanceUuid: told['instanceUuid']! });
    expect(again.admitted).toBe(true);
    expect(again.told['instanceId']).not.toBe(told['instanceId']);
    expect(again.told['instanceUuid']).not.toBe(told['instanceUuid']);
  });
});

describe('a window whose page has joined by core-web', () => {
  const joinByCoreWeb = (window: MessageEventSource) => {
    const identity = { uuid: 'client', name: 'client', endpointId: 'client', isLocalEndpointId: false };
    return platform.instances.add(blotter, recordingEnd().end, { identity, window });
  };

  it('is not answered, as getAgent finds the agent that it has; the page that comes after it is', async () => {
    const window = platform.openWindow();
    const there = joinByCoreWeb(window.source as unknown as MessageEventSource);
    const { origin } = new URL(blotterUrl);
    expect(window.hello(origin)).toBeUndefined();
    expect(await platform.openWindow().join(blotterUrl)).toMatchObject({ admitted: true });
    const answered = window.answered();
    platform.instances.remove(there);
    await answered;
  });
});

describe('an app that has joined', () => {
  it('is gone with its goodbye, and with its document', async () => {
    const [one, other] = [platform.openWindow(), platform.openWindow()];
    const [leaves, closes] = await Promise.all([one.join(blotterUrl), other.join(blotterUrl)]);
    expect(idsOf('blotter')).toHaveLength(2);
    leaves.port.say({ type: 'WCP6Goodbye', meta: { timestamp: new Date() } });
    await gone(leaves.told['instanceId']!);
    closes.port.close();
    await gone(closes.told['instanceId']!);
    expect(idsOf('blotter')).toEqual([]);
  });

  it('is gone once its page gives no sign of life, and stays while it does', async () => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate', 'performance', 'Date'] });
    try {
      const [silent, lively] = [platform.openWindow(), platform.openWindow()];
      const { told: of } = await silent.join(blotterUrl);
      const { port, told } = await lively.join(chatUrl);
      port.beats();
      for (let seconds = 0; seconds < 200; seconds += 5) await jest.advanceTimersByTimeAsync(5_000);
      await gone(of['instanceId']!);
      expect(idsOf('chat')).toEqual([told['instanceId']]);
    } finally {
      jest.useRealTimers();
    }
  });

  it('is gone with its window, whoever has its port', async () => {
    const window = platform.openWindow();
    const { port, told } = await window.join(blotterUrl);
    await port.ask('getInfoRequest');
    window.close();
    port.say({ type: 'getInfoRequest', meta: { requestUuid: 'late', timestamp: new Date() }, payload: {} });
    await gone(told['instanceId']!);
    expect(port.heard.filter(({ type }) => type === 'getInfoResponse')).toHaveLength(1);
  });

  it('is gone once its window shows a page of another origin', async () => {
    const window = platform.openWindow();
    const { told, port } = await window.join(blotterUrl);
    await port.ask('getInfoRequest');
    window.hello(new URL(chatUrl).origin);
    await gone(told['instanceId']!);
    expect(idsOf('blotter')).toEqual([]);
  });
});
