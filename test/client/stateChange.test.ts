import { jest } from '@jest/globals';
import { channelName } from '../../src/channel/channelVersion.ts';
import type { StateEvent } from '../../src/channel/protocol.ts';
import { configure, connect, onStateChange, type SalesforceStateEvent } from '../../src/client/index.ts';
import { ChannelBus } from '../../sandbox/container/channelBus.ts';
import { success } from '../../src/outcomes/failure.ts';
import { startProvider } from './scriptedProvider.ts';

const signedIn: StateEvent = {
  state: 'signedIn',
  sessionId: 's',
  orgUrl: 'https://acme.my.salesforce.com',
  consumerKey: 'key',
  userName: 'John Doe',
};

let bus: ChannelBus;
let seen: SalesforceStateEvent[];
let stop: () => void;

beforeEach(() => {
  jest.useFakeTimers();
  bus = new ChannelBus();
  configure({ fin: bus.runtime({ uuid: 'app', name: 'app' }) });
  seen = [];
  stop = onStateChange((event) => seen.push(event));
});

afterEach(() => {
  stop();
  configure({});
  jest.useRealTimers();
});

const settle = () => jest.advanceTimersByTimeAsync(0);

it('hears of a sign-in without any call having been made', async () => {
  const provider = await startProvider(bus);
  await settle();
  await provider.publishState(signedIn);
  expect(seen).toEqual([signedIn]);
});

it('hears nothing after it stopped, while others go on', async () => {
  const provider = await startProvider(bus);
  const others: SalesforceStateEvent[] = [];
  const stopOthers = onStateChange((event) => others.push(event));
  await settle();
  stop();
  await provider.publishState(signedIn);
  expect([seen, others]).toEqual([[], [signedIn]]);
  stopOthers();
});

it('hears once of each event, however many calls are made', async () => {
  const provider = await startProvider(bus);
  await Promise.all([connect(), connect()]);
  await provider.publishState(signedIn);
  expect(seen).toHaveLength(1);
});

it('hears of a provider that restarts', async () => {
  await startProvider(bus);
  await settle();
  bus.crash(channelName);
  await jest.advanceTimersByTimeAsync(5000);
  const restarted = await startProvider(bus);
  await settle();
  await restarted.publishState({ ...signedIn, state: 'signInRequired' });
  expect(seen).toEqual([{ ...signedIn, state: 'signInRequired' }]);
});

it('tries again when it is refused at first', async () => {
  stop();
  configure({ fin: bus.runtime({ uuid: 'app', name: 'app' }) });
  const provider = await startProvider(bus);
  let refusals = 3;
  provider.channel.onConnection(() => {
    if (refusals-- > 0) throw new Error('still loading');
  });
  stop = onStateChange((event) => seen.push(event));
  await jest.advanceTimersByTimeAsync(60_000);
  await provider.publishState(signedIn);
  expect(seen).toEqual([signedIn]);
});

it('ignores what is no state event', async () => {
  const provider = await startProvider(bus);
  await settle();
  for (const payload of [null, {}, { ...signedIn, state: 'dancing' }, { ...signedIn, sessionId: 1 }]) {
    await Promise.allSettled(provider.channel.publish('state', payload));
  }
  expect(seen).toEqual([]);
});

it('hears events even if another listener throws, which is reported to the page', async () => {
  const mistake = new Error('mistake');
  const report = jest.spyOn(globalThis, 'queueMicrotask').mockImplementation(() => undefined);
  stop();
  const stopThrowing = onStateChange(() => {
    throw mistake;
  });
  stop = onStateChange((event) => seen.push(event));
  const provider = await startProvider(bus);
  await settle();
  await provider.publishState(signedIn);
  expect(seen).toEqual([signedIn]);
  const [[reported] = []] = report.mock.calls.filter(([task]) => {
    try {
      task();
      return false;
    } catch (error) {
      return error === mistake;
    }
  });
  expect(reported).toBeDefined();
  report.mockRestore();
  stopThrowing();
});

describe('what there is when an app begins to listen', () => {
  const states = (...present: StateEvent[]) => ({ states: () => success(present) });
  const required: StateEvent = {
    ...signedIn,
    state: 'signInRequired',
    reason: 'refresh.refused',
    message: 'Please sign in again.',
  };
  const restart = async (answers: Parameters<typeof startProvider>[1]) => {
    bus.crash(channelName);
    await jest.advanceTimersByTimeAsync(5000);
    const restarted = await startProvider(bus, answers);
    await settle();
    return restarted;
  };

  it('is told once, then each change', async () => {
    const provider = await startProvider(bus, states(signedIn));
    await settle();
    expect(seen).toEqual([signedIn]);
    await provider.publishState(signedIn);
    await provider.publishState({ ...signedIn, state: 'signedOut' });
    expect(seen).toEqual([signedIn, { ...signedIn, state: 'signedOut' }]);
  });

  it('is told to a listener that is added on a page long connected, and not again to the others', async () => {
    await startProvider(bus, states(required));
    await settle();
    const late: SalesforceStateEvent[] = [];
    const stopLate = onStateChange((event) => late.push(event));
    await settle();
    expect([seen, late]).toEqual([[required], [required]]);
    stopLate();
  });

  it('is not older than what was told meanwhile', async () => {
    let answer: (present: StateEvent[]) => void = () => undefined;
    const provider = await startProvider(bus, {
      states: () =>
        new Promise((resolve) => {
          answer = (present) => resolve(success(present));
        }),
    });
    await settle();
    await provider.publishState(signedIn);
    await provider.publishState({ ...signedIn, state: 'signedOut' });
    answer([signedIn]);
    await settle();
    expect(seen.map(({ state }) => state)).toEqual(['signedIn', 'signedOut']);
  });

  it('says that somebody has to sign in again after a restart that lost the session', async () => {
    await startProvider(bus, states(signedIn));
    await settle();
    await restart(states());
    expect(seen).toEqual([
      signedIn,
      { ...signedIn, state: 'signInRequired', message: 'The Salesforce provider was restarted. Please sign in again.' },
    ]);
  });

  it('says nothing after a restart that kept the session, and tells of the one that took its place', async () => {
    await startProvider(bus, states(signedIn));
    await settle();
    await restart(states(signedIn));
    expect(seen).toEqual([signedIn]);
    await restart(states({ ...signedIn, sessionId: 's2' }));
    expect(seen).toEqual([signedIn, { ...signedIn, sessionId: 's2' }]);
  });

  it('is left out where the provider is too old to say, or answers nonsense', async () => {
    const provider = await startProvider(bus);
    await settle();
    await provider.publishState(signedIn);
    await restart({ states: () => success('nonsense') });
    expect(seen).toEqual([signedIn]);
  });
});
