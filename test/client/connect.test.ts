import { success } from '../../src/outcomes/failure.ts';
import { protocolVersion } from '../../src/channel/channelVersion.ts';
import { connect, getConnection, configure, InitializationError, ParameterError } from '../../src/client/index.ts';
import { failure } from '../../src/outcomes/failure.ts';
import { ChannelBus } from '../../sandbox/container/channelBus.ts';
import { john, session, startProvider } from './scriptedProvider.ts';

const orgUrl = 'https://acme.my.salesforce.com';
let bus: ChannelBus;

beforeEach(() => {
  bus = new ChannelBus();
  configure({ fin: bus.runtime({ uuid: 'app', name: 'app' }) });
});

describe('connect', () => {
  it('gives a connection with the org, the consumer key and the signed-in user', async () => {
    await startProvider(bus);
    const connection = await connect(orgUrl, 'key');
    expect(connection).toMatchObject({ orgUrl, consumerKey: 'key', currentUser: john });
  });

  it('sends org, consumer key, scopes, authorize parameters and window options in their positions', async () => {
    const provider = await startProvider(bus);
    await connect(`${orgUrl}/lightning`, 'key', ['openid'], { login_hint: 'john' }, { defaultWidth: 700 });
    expect(provider.requests('connect')).toEqual([
      {
        requestId: expect.any(String),
        orgUrl: `${orgUrl}/lightning`,
        consumerKey: 'key',
        scopes: ['openid'],
        authFlowParams: { login_hint: 'john' },
        authWindowOptions: { defaultWidth: 700 },
      },
    ]);
  });

  it('takes the default org of the provider when called without arguments', async () => {
    const provider = await startProvider(bus);
    await connect();
    expect(provider.requests('connect')).toEqual([{ requestId: expect.any(String) }]);
  });

  it('takes options as its only argument for the default org', async () => {
    const provider = await startProvider(bus);
    await connect({ timeout: 5000 });
    expect(provider.requests('connect')).toEqual([{ requestId: expect.any(String), timeoutMs: expect.any(Number) }]);
    await expect(connect({ signal: AbortSignal.abort('changed my mind') })).rejects.toBe('changed my mind');
  });

  it('takes options in the sixth place', async () => {
    const provider = await startProvider(bus);
    await connect(orgUrl, 'key', undefined, undefined, undefined, { timeout: 5000 });
    const [{ timeoutMs } = {}] = provider.requests('connect');
    expect(timeoutMs).toBeGreaterThan(0);
    expect(timeoutMs).toBeLessThanOrEqual(5000);
  });

  it('says hello once for many calls at the same time', async () => {
    const provider = await startProvider(bus);
    await Promise.all([connect(), connect(), getConnection()]);
    expect(provider.requests('hello')).toEqual([
      { protocol: protocolVersion, client: { name: 'salesforce-interop', version: expect.any(String) } },
    ]);
    expect(provider.channel.connections).toHaveLength(1);
  });

  it.each([
    ['', 'key', 'Invalid Salesforce URL'],
    ['acme.my.salesforce.com', 'key', 'Invalid Salesforce URL'],
    [undefined, undefined, 'Invalid Salesforce URL'],
    [orgUrl, '', 'Invalid consumer key'],
    [orgUrl, '  ', 'Invalid consumer key'],
    [orgUrl, undefined, 'Invalid consumer key'],
  ])('refuses %p with consumer key %p before anything is sent', async (url, key, message) => {
    const provider = await startProvider(bus);
    for (const attempt of [connect(url as string, key as string), getConnection(url as string, key as string)]) {
      const error: unknown = await attempt.catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(ParameterError);
      expect(error).toMatchObject({ message, code: 'INVALID_PARAMETER' });
    }
    expect(provider.received).toEqual([]);
  });

  it('leaves it to the provider which hosts are orgs', async () => {
    await startProvider(bus, { connect: () => failure('INVALID_PARAMETER', 'Invalid Salesforce URL') });
    await expect(connect('https://evilsalesforce.com', 'key')).rejects.toThrow(
      new ParameterError('Invalid Salesforce URL'),
    );
  });

  it.each([
    { timeout: 0 },
    { timeout: -1 },
    { timeout: Number.NaN },
    { timeout: '5' },
    { timeout: 2 ** 31 },
    { signal: {} },
  ])('refuses the options %p', async (options) => {
    await expect(connect(options as never)).rejects.toBeInstanceOf(ParameterError);
  });

  it('does not overlook options in the place of the scopes', async () => {
    await expect(connect(orgUrl, 'key', { timeout: 5 } as never)).rejects.toThrow('options come 6th');
    await expect(getConnection(orgUrl, 'key', { timeout: 5 } as never)).rejects.toThrow('options come 4th');
  });

  it('says what to do outside an OpenFin runtime', async () => {
    configure({});
    const error: unknown = await connect().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(InitializationError);
    expect(error).toMatchObject({
      code: 'PROVIDER_UNAVAILABLE',
      message: expect.stringContaining('configure({ fin })'),
    });
  });

  it('finds the runtime in the global fin', async () => {
    configure({});
    await startProvider(bus);
    Object.assign(globalThis, { fin: bus.runtime({ uuid: 'app', name: 'app' }) });
    try {
      await expect(connect()).resolves.toMatchObject({ orgUrl });
    } finally {
      Reflect.deleteProperty(globalThis, 'fin');
    }
  });

  it('reports a channel that refuses this app', async () => {
    const { channel } = await startProvider(bus);
    channel.onConnection(() => {
      throw new Error('not here');
    });
    const error: unknown = await connect().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(InitializationError);
    expect((error as Error).message).toContain('not here');
  });

  it('rejects an answer that is no session', async () => {
    await startProvider(bus, { connect: () => success({ sessionId: 5 }) }, { raw: true });
    await expect(connect()).rejects.toMatchObject({ name: 'ApiError', code: 'INTERNAL' });
  });
});

describe('getConnection', () => {
  it('gives a connection when nobody needs to act', async () => {
    const provider = await startProvider(bus);
    await expect(getConnection(orgUrl, 'key', ['openid'], { timeout: 5000 })).resolves.toMatchObject({
      orgUrl,
      currentUser: john,
    });
    expect(provider.requests('getConnection')).toEqual([
      { requestId: expect.any(String), orgUrl, consumerKey: 'key', scopes: ['openid'], timeoutMs: expect.any(Number) },
    ]);
  });

  it.each([
    ['the provider has no session', () => success(null)],
    ['the person would have to consent', () => failure('INTERACTION_REQUIRED', 'consent')],
    ['the person would have to sign in', () => failure('SIGN_IN_REQUIRED', 'sign in')],
  ])('gives null when %s', async (_, answer) => {
    await startProvider(bus, { getConnection: answer });
    await expect(getConnection()).resolves.toBeNull();
  });

  it('rejects for any other failure', async () => {
    await startProvider(bus, { getConnection: () => failure('ORG_UNREACHABLE', 'no route') });
    await expect(getConnection()).rejects.toMatchObject({ name: 'InitializationError', code: 'ORG_UNREACHABLE' });
  });

  it('gives the session of the provider, whatever spelling of the URL was asked for', async () => {
    await startProvider(bus, { getConnection: () => success(session({ orgUrl })) });
    await expect(getConnection(`${orgUrl}/?x=1`, 'key')).resolves.toMatchObject({ orgUrl });
  });
});
