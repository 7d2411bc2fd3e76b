import { jest } from '@jest/globals';
import { ApiRequestError, configure, connect, getConnection, type CallOptions } from '../../src/client/index.ts';
import { ChannelBus } from '../../sandbox/container/channelBus.ts';
import { silent, startProvider } from './scriptedProvider.ts';

type Provider = Awaited<ReturnType<typeof startProvider>>;

const calls = [
  ['connect', (options: CallOptions) => connect(options)],
  ['getConnection', (options: CallOptions) => getConnection(options)],
  [
    'execute',
    async (options: CallOptions) => {
      const connection = await connect();
      return connection.executeApiRequest('/x', 'POST', {}, undefined, undefined, options);
    },
  ],
] as const;

/** `connect` succeeds once for the calls that need a connection first. */
async function hangingProvider(action: (typeof calls)[number][0]): Promise<Provider> {
  const bus = new ChannelBus();
  configure({ fin: bus.runtime({ uuid: 'app', name: 'app' }) });
  return startProvider(bus, { [action]: silent });
}

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  configure({});
  jest.useRealTimers();
});

const settle = () => jest.advanceTimersByTimeAsync(0);
const rejection = (promise: Promise<unknown>) =>
  promise.then(
    () => {
      throw new Error('did not reject');
    },
    (error: unknown) => error,
  );

describe.each(calls)('%s', (action, call) => {
  it('rejects at once with the reason of its signal and tells the provider to stop', async () => {
    const provider = await hangingProvider(action);
    const controller = new AbortController();
    const error = rejection(call({ signal: controller.signal }));
    await settle();
    const [{ requestId } = {}] = provider.requests(action);
    const reason = new Error('the person closed the view');
    controller.abort(reason);
    expect(await error).toBe(reason);
    await settle();
    expect(provider.requests('cancel')).toEqual([{ requestId }]);
  });

  it('sends nothing when its signal is aborted already', async () => {
    const provider = await hangingProvider(action);
    expect(await rejection(call({ signal: AbortSignal.abort() }))).toMatchObject({ name: 'AbortError' });
    expect(provider.requests(action)).toEqual([]);
    expect(provider.requests('cancel')).toEqual([]);
  });

  it('rejects after its timeout, which it tells the provider', async () => {
    const provider = await hangingProvider(action);
    const error = rejection(call({ timeout: 1500 }));
    await jest.advanceTimersByTimeAsync(1500);
    expect(await error).toBeInstanceOf(ApiRequestError);
    expect(await error).toMatchObject({ code: 'REQUEST_TIMED_OUT', message: expect.stringContaining('1500 ms') });
    expect(provider.requests(action)).toMatchObject([{ timeoutMs: 1500 }]);
    await settle();
    expect(provider.requests('cancel')).toHaveLength(1);
  });
});

it('counts the time spent waiting for the provider to start', async () => {
  const bus = new ChannelBus();
  configure({ fin: bus.runtime({ uuid: 'app', name: 'app' }) });
  const error = rejection(connect({ timeout: 1000 }));
  await jest.advanceTimersByTimeAsync(600);
  const provider = await startProvider(bus, { connect: silent });
  await settle();
  expect(provider.requests('connect')).toMatchObject([{ timeoutMs: 400 }]);
  await jest.advanceTimersByTimeAsync(400);
  expect(await error).toMatchObject({ code: 'REQUEST_TIMED_OUT' });
});

it('cancels one call and leaves the others alone', async () => {
  const bus = new ChannelBus();
  configure({ fin: bus.runtime({ uuid: 'app', name: 'app' }) });
  const controller = new AbortController();
  const cancelled = rejection(connect({ signal: controller.signal }));
  const other = connect();
  controller.abort('enough');
  expect(await cancelled).toBe('enough');
  await startProvider(bus);
  await expect(other).resolves.toMatchObject({ consumerKey: 'key' });
});

it('leaves no clock and no listener behind', async () => {
  const bus = new ChannelBus();
  configure({ fin: bus.runtime({ uuid: 'app', name: 'app' }) });
  await startProvider(bus);
  const { signal } = new AbortController();
  const remove = jest.spyOn(signal, 'removeEventListener');
  const add = jest.spyOn(signal, 'addEventListener');
  await connect({ signal, timeout: 5000 });
  expect(jest.getTimerCount()).toBe(0);
  expect(remove).toHaveBeenCalledTimes(add.mock.calls.length);
});
