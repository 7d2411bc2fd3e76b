import { jest } from '@jest/globals';
import { channelName } from '../../src/channel/channelVersion.ts';
import { failure, success } from '../../src/outcomes/failure.ts';
import {
  ApiRequestError,
  AuthTokenExpiredError,
  configure,
  connect,
  getConnection,
  InitializationError,
} from '../../src/client/index.ts';
import { ChannelBus } from '../../sandbox/container/channelBus.ts';
import { reply, session, silent, startProvider } from './scriptedProvider.ts';

let bus: ChannelBus;

beforeEach(() => {
  jest.useFakeTimers();
  bus = new ChannelBus();
  configure({ fin: bus.runtime({ uuid: 'app', name: 'app' }) });
});

afterEach(() => {
  configure({});
  jest.useRealTimers();
});

/** Lets everything that can happen without waiting happen. */
const settle = () => jest.advanceTimersByTimeAsync(0);
const rejection = (promise: Promise<unknown>) =>
  promise.then(
    () => {
      throw new Error('did not reject');
    },
    (error: unknown) => error,
  );

describe('a provider that is not there', () => {
  it('is waited for', async () => {
    const connecting = connect();
    await jest.advanceTimersByTimeAsync(29_000);
    await startProvider(bus);
    await expect(connecting).resolves.toMatchObject({ consumerKey: 'key' });
  });

  it('makes calls reject after 30 s, saying what to do', async () => {
    const error = rejection(connect());
    await jest.advanceTimersByTimeAsync(30_000);
    expect(await error).toBeInstanceOf(InitializationError);
    expect(await error).toMatchObject({ code: 'PROVIDER_UNAVAILABLE', message: expect.stringContaining('Start it') });
  });

  it('is found by the next call once it has started, over one connection', async () => {
    const errors = Promise.all([rejection(connect()), rejection(getConnection())]);
    await jest.advanceTimersByTimeAsync(30_000);
    await errors;
    const provider = await startProvider(bus);
    await connect();
    expect(provider.channel.connections).toHaveLength(1);
  });

  it('is waited for as long as configured', async () => {
    configure({ fin: bus.runtime({ uuid: 'app', name: 'app' }), providerTimeout: 2000 });
    const error = rejection(connect());
    await jest.advanceTimersByTimeAsync(2000);
    expect(await error).toMatchObject({ code: 'PROVIDER_UNAVAILABLE', message: expect.stringContaining('2 s') });
  });
});

describe("a question for the provider's channel that the runtime loses", () => {
  /** A runtime that answers so many questions for a channel never, or when it is told to. */
  function losing(count: number) {
    const runtime = bus.runtime({ uuid: 'app', name: 'app' });
    const { connect: ask } = runtime.InterApplicationBus.Channel;
    const asked: unknown[] = [];
    const late: (() => void)[] = [];
    runtime.InterApplicationBus.Channel.connect = async (...question) => {
      if (asked.push(question[1]) <= count) await new Promise<void>((resolve) => late.push(resolve));
      return ask(...question);
    };
    configure({ fin: runtime });
    return { asked, late };
  }

  it('is asked again, and the call goes on', async () => {
    const provider = await startProvider(bus);
    losing(1);
    const connecting = connect();
    await jest.advanceTimersByTimeAsync(10_000);
    await expect(connecting).resolves.toMatchObject({ consumerKey: 'key' });
    expect(provider.channel.connections).toHaveLength(1);
  });

  it('makes no later call fail, also where the first ones give up before', async () => {
    await startProvider(bus);
    losing(4);
    for (const timeout of [5_000, 30_000]) {
      const error = rejection(connect({ timeout }));
      await jest.advanceTimersByTimeAsync(timeout);
      expect(await error).toMatchObject({ name: expect.any(String) });
    }
    const connecting = connect();
    await jest.advanceTimersByTimeAsync(10_000);
    await expect(connecting).resolves.toMatchObject({ consumerKey: 'key' });
  });

  it('and answers after all gives no second connection', async () => {
    const provider = await startProvider(bus);
    const { late } = losing(2);
    const connecting = connect();
    await jest.advanceTimersByTimeAsync(20_000);
    const connection = await connecting;
    late.forEach((answer) => answer());
    await settle();
    expect(provider.channel.connections).toHaveLength(1);
    await expect(connection.executeApiRequest('/x')).resolves.toEqual({ status: 200 });
    expect(provider.requests('hello')).toHaveLength(1);
  });

  it('is asked no more once there is a connection', async () => {
    await startProvider(bus);
    const { asked } = losing(0);
    await connect();
    await jest.advanceTimersByTimeAsync(60_000);
    expect(asked).toEqual([{ wait: true }]);
  });
});

describe('a provider that hangs', () => {
  it.each(['hello'] as const)('at %s makes the call reject', async (action) => {
    await startProvider(bus, { [action]: silent });
    const error = rejection(connect());
    await jest.advanceTimersByTimeAsync(15_000);
    expect(await error).toMatchObject({ name: 'InitializationError', code: 'PROVIDER_UNAVAILABLE' });
  });

  it('in a request makes it reject in the end and asks it to stop', async () => {
    const provider = await startProvider(bus, { execute: silent });
    const connection = await connect();
    const error = rejection(connection.executeApiRequest('/x'));
    await jest.advanceTimersByTimeAsync(180_000);
    expect(await error).toBeInstanceOf(ApiRequestError);
    expect(await error).toMatchObject({ code: 'PROVIDER_UNAVAILABLE' });
    expect(provider.requests('cancel')).toEqual([{ requestId: provider.requests('execute')[0]!.requestId }]);
  });

  it('for good is given up for the one that takes its place', async () => {
    await startProvider(bus);
    const connection = await connect();
    bus.silence(channelName);
    const [lost, lostWrite] = [
      connection.executeApiRequest('/x', 'GET', undefined, undefined, true, { timeout: 5000 }),
      connection.executeApiRequest('/x', 'POST'),
    ].map(rejection);
    await jest.advanceTimersByTimeAsync(5000);
    expect(await lost).toMatchObject({ code: 'REQUEST_TIMED_OUT' });
    await startProvider(bus);
    await jest.advanceTimersByTimeAsync(16_000);
    expect(await lostWrite).toMatchObject({ code: 'PROVIDER_UNAVAILABLE' });
    await expect(connection.executeApiRequest('/x')).resolves.toEqual({ status: 200 });
  });

  it('at disconnect does not keep the app from leaving', async () => {
    await startProvider(bus, { disconnect: silent });
    const leaving = (await connect()).disconnect();
    await jest.advanceTimersByTimeAsync(30_000);
    await expect(leaving).resolves.toBeUndefined();
  });
});

describe('a provider that restarts', () => {
  it('is found again by itself, and the connection goes on with the new session', async () => {
    await startProvider(bus);
    const connection = await connect('https://acme.my.salesforce.com', 'key', ['openid']);
    bus.crash(channelName);
    const restarted = await startProvider(bus, { getConnection: () => success(session({ sessionId: 'session-2' })) });
    await jest.advanceTimersByTimeAsync(1000);
    expect(restarted.requests('hello')).toHaveLength(1);
    await expect(connection.executeApiRequest('/x')).resolves.toEqual({ status: 200 });
    expect(restarted.requests('getConnection')).toEqual([
      {
        requestId: expect.any(String),
        orgUrl: 'https://acme.my.salesforce.com',
        consumerKey: 'key',
        scopes: ['openid'],
      },
    ]);
    expect(restarted.requests('execute')).toMatchObject([{ sessionId: 'session-2' }]);
  });

  it('is asked for the session once, however many requests wait for it', async () => {
    await startProvider(bus);
    const connection = await connect();
    bus.crash(channelName);
    const restarted = await startProvider(bus);
    await Promise.all(['/a', '/b', '/c'].map((path) => connection.executeApiRequest(path)));
    expect(restarted.requests('getConnection')).toHaveLength(1);
    await connection.executeApiRequest('/d');
    expect(restarted.requests('getConnection')).toHaveLength(1);
  });

  it.each(['GET', 'HEAD'] as const)('gets a %s request that was under way once more', async (method) => {
    const first = await startProvider(bus, { execute: silent });
    const connection = await connect();
    const response = connection.executeApiRequest('/x', method);
    await settle();
    expect(first.requests('execute')).toHaveLength(1);
    bus.crash(channelName);
    const restarted = await startProvider(bus, {
      execute: () => reply({ kind: 'json', value: 1 }, 'application/json'),
    });
    await expect(response).resolves.toMatchObject({ data: 1 });
    expect(restarted.requests('execute')).toHaveLength(1);
  });

  it.each(['POST', 'PATCH', 'PUT', 'DELETE'] as const)('does not get a %s request twice', async (method) => {
    await startProvider(bus, { execute: silent });
    const connection = await connect();
    const error = rejection(connection.executeApiRequest('/x', method, {}));
    await settle();
    bus.crash(channelName);
    const restarted = await startProvider(bus);
    expect(await error).toBeInstanceOf(ApiRequestError);
    expect(await error).toMatchObject({ code: 'PROVIDER_UNAVAILABLE' });
    await jest.advanceTimersByTimeAsync(1000);
    expect(restarted.requests('execute')).toEqual([]);
  });

  it('gets a POST request that had not been sent', async () => {
    await startProvider(bus);
    const connection = await connect();
    bus.crash(channelName);
    const second = await startProvider(bus, { getConnection: silent });
    const response = connection.executeApiRequest('/x', 'POST', {});
    await settle();
    expect(second.requests('getConnection')).toHaveLength(1);
    bus.crash(channelName);
    await startProvider(bus);
    await expect(response).resolves.toEqual({ status: 200 });
  });

  it('makes a GET request reject that is lost a second time', async () => {
    await startProvider(bus, { execute: silent });
    const connection = await connect();
    const error = rejection(connection.executeApiRequest('/x'));
    await settle();
    bus.crash(channelName);
    const second = await startProvider(bus, { execute: silent });
    await settle();
    expect(second.requests('execute')).toHaveLength(1);
    bus.crash(channelName);
    expect(await error).toMatchObject({ name: 'ApiRequestError', code: 'PROVIDER_UNAVAILABLE' });
  });

  it('gets a silent getConnection once more, but no second sign-in', async () => {
    await startProvider(bus, { connect: silent, getConnection: silent });
    const found = getConnection();
    const error = rejection(connect());
    await settle();
    bus.crash(channelName);
    const restarted = await startProvider(bus);
    await expect(found).resolves.toMatchObject({ consumerKey: 'key' });
    expect(await error).toMatchObject({ name: 'InitializationError', code: 'PROVIDER_UNAVAILABLE' });
    expect(restarted.requests('connect')).toEqual([]);
  });

  it.each([
    ['has no session', () => success(null), 'SIGN_IN_REQUIRED'],
    ['knows another person', () => success(session({ currentUser: { Id: '005xx00000ANOTHER' } })), 'SESSION_ENDED'],
  ])('and %s ends the connection until connect() is called again', async (_, getSession, code) => {
    await startProvider(bus);
    const connection = await connect();
    bus.crash(channelName);
    const restarted = await startProvider(bus, { getConnection: getSession });
    const error = await rejection(connection.executeApiRequest('/x'));
    expect(error).toBeInstanceOf(AuthTokenExpiredError);
    expect(error).toMatchObject({ code });
    expect(restarted.requests('execute')).toEqual([]);
    await expect((await connect()).executeApiRequest('/x')).resolves.toEqual({ status: 200 });
  });

  it('and cannot say yet leaves it to a later request to find the session', async () => {
    await startProvider(bus);
    const connection = await connect();
    bus.crash(channelName);
    const answers = [failure('ORG_UNREACHABLE', 'no route'), success(session())];
    await startProvider(bus, { getConnection: () => answers.shift()! });
    expect(await rejection(connection.executeApiRequest('/x'))).toMatchObject({ code: 'ORG_UNREACHABLE' });
    await expect(connection.executeApiRequest('/x')).resolves.toEqual({ status: 200 });
  });

  it('during the greeting is greeted anew', async () => {
    const first = await startProvider(bus, { hello: silent });
    const connecting = connect();
    await settle();
    expect(first.requests('hello')).toHaveLength(1);
    bus.crash(channelName);
    await startProvider(bus);
    await jest.advanceTimersByTimeAsync(1000);
    await expect(connecting).resolves.toMatchObject({ consumerKey: 'key' });
  });

  it('without anybody being told is noticed when it does not know the app', async () => {
    const provider = await startProvider(bus);
    const connection = await connect();
    bus.forgetClients(channelName);
    await expect(connection.executeApiRequest('/x', 'POST')).rejects.toMatchObject({ code: 'PROVIDER_UNAVAILABLE' });
    await expect(connection.executeApiRequest('/x', 'POST')).resolves.toEqual({ status: 200 });
    expect(provider.requests('hello')).toHaveLength(2);
  });

  it('is not bothered by an abandoned client after configure() chose another runtime', async () => {
    const provider = await startProvider(bus);
    const connection = await connect();
    configure({ fin: bus.runtime({ uuid: 'app', name: 'second window' }) });
    await settle();
    expect(provider.channel.connections).toEqual([]);
    await expect(connection.executeApiRequest('/x')).resolves.toEqual({ status: 200 });
    expect(provider.channel.connections).toMatchObject([{ name: 'second window' }]);
  });
});
