/** @jest-environment jsdom */
/** What an app is told of live data, with a provider that says what it is scripted to say. */
import { jest } from '@jest/globals';
import { channelName, protocolVersion } from '../../src/channel/channelVersion.ts';
import { liveEvent, type LiveNews, type LiveTarget } from '../../src/channel/liveMessages.ts';
import {
  configure,
  connect,
  soql,
  subscribe,
  type LiveEvent,
  type SalesforceConnection,
  type Subscription,
} from '../../src/client/index.ts';
import { failure, success } from '../../src/outcomes/failure.ts';
import { ChannelBus } from '../../sandbox/container/channelBus.ts';
import { session, startProvider, type Answers } from './scriptedProvider.ts';

const [ada, bob, cleo] = ['003000000000001AAA', '003000000000002AAA', '003000000000003AAA'] as [string, string, string];
const person = (Id: string, LastName: string, more: object = {}) => ({
  attributes: { type: 'Contact' },
  Id,
  LastName,
  ...more,
});

let bus: ChannelBus;
let connection: SalesforceConnection;
let told: LiveEvent[];
const running: Subscription[] = [];
type Provider = Awaited<ReturnType<typeof startProvider>>;
let provider: Provider;

const live: Answers = {
  'live.subscribe': () => success(null),
  'live.look': () => success(null),
  'live.unsubscribe': () => success(null),
  states: () => success([]),
};
const start = async (answers: Answers = {}) => (provider = await startProvider(bus, { ...live, ...answers }));

beforeEach(async () => {
  jest.useFakeTimers();
  bus = new ChannelBus();
  configure({ fin: bus.runtime({ uuid: 'app', name: 'app' }) });
  told = [];
  await start();
  connection = await connect();
});
afterEach(() => {
  for (const subscription of running.splice(0)) subscription.end();
  configure({});
  jest.useRealTimers();
});

const settle = () => jest.advanceTimersByTimeAsync(0);
const subscriptionId = () => provider.requests('live.subscribe').at(-1)!['subscriptionId'] as string;
const tell = async (news: LiveNews, to = subscriptionId()) => {
  await Promise.allSettled(provider.channel.publish('live', liveEvent.parse({ subscriptionId: to, news })));
};
const whole = (rows: object[], more: Partial<Extract<LiveNews, { kind: 'rows' }>> = {}): LiveNews => ({
  kind: 'rows',
  isWhole: true,
  rows: rows as Record<string, unknown>[],
  gone: [],
  asOf: 1_000,
  ...more,
});
const part = (rows: object[], gone: string[] = [], more = {}): LiveNews =>
  whole(rows, { isWhole: false, gone, ...more });

/** Subscribes, to the rows of a query unless said otherwise. */
async function listening(target: LiveTarget['kind'] = 'query', options = {}): Promise<Subscription> {
  const listener = (event: LiveEvent) => void told.push(event);
  const fields = ['LastName', 'Owner.Name'];
  const subscription =
    target === 'query'
      ? subscribe<{ Id: string }>(connection, soql`SELECT Id, LastName FROM Contact`, listener as never, options)
      : target === 'record'
        ? subscribe(connection, { type: 'Contact', id: ada, fields } as never, listener as never, options)
        : subscribe(connection, { type: 'Contact', fields } as never, listener as never, options);
  running.push(subscription as Subscription);
  await settle();
  return subscription as Subscription;
}

/** The events since the last time, without what every event has. */
const news = () =>
  told.splice(0).map(({ asOf: _, ...event }) => {
    const { records: __, ...rest } = event as { records?: unknown; kind: string };
    return rest;
  });

describe('what a listener is told', () => {
  it('is the data first, then each difference, once, however often the provider repeats how things are', async () => {
    const subscription = await listening();
    await tell(whole([person(ada, 'Ada'), person(bob, 'Bob')]));
    expect(told).toEqual([{ kind: 'data', records: [person(ada, 'Ada'), person(bob, 'Bob')], asOf: new Date(1_000) }]);
    told.splice(0);
    await tell(whole([person(ada, 'Ada'), person(bob, 'Bob')], { asOf: 2_000 }));
    expect(told).toEqual([]);
    const changed = [person(ada, 'Ada'), person(bob, 'Bobson'), person(cleo, 'Cleo')];
    for (const asOf of [3_000, 4_000]) await tell(whole(changed, { asOf }));
    expect(told).toEqual([
      { kind: 'updated', record: changed[1], changed: ['LastName'], records: changed, asOf: new Date(3_000) },
      { kind: 'created', record: changed[2], records: changed, asOf: new Date(3_000) },
    ]);
    told.splice(0);
    for (const asOf of [5_000, 6_000]) await tell(whole(changed.slice(1), { asOf }));
    expect(news()).toEqual([{ kind: 'deleted', id: ada }]);
    expect(subscription.records).toEqual(changed.slice(1));
    expect(subscription.asOf).toEqual(new Date(6_000));
  });

  it('names the fields that differ, those of other records by their path', async () => {
    await listening();
    const owned = (Name: string | null) => ({ Owner: Name === null ? null : { attributes: { type: 'User' }, Name } });
    await tell(whole([person(ada, 'Ada', owned('Jo'))]));
    await tell(whole([person(ada, 'Ada', owned('Kim'))]));
    await tell(whole([person(ada, 'Adams', owned(null))]));
    expect(news().slice(1)).toMatchObject([{ changed: ['Owner.Name'] }, { changed: ['LastName', 'Owner'] }]);
  });

  it('is the new order after the changes, when rows have moved among themselves', async () => {
    const subscription = await listening();
    await tell(whole([person(ada, 'A'), person(bob, 'B')]));
    await tell(whole([person(cleo, 'AA'), person(ada, 'A'), person(bob, 'B')]));
    expect(news().map(({ kind }) => kind)).toEqual(['data', 'created']);
    await tell(whole([person(cleo, 'AA'), person(bob, 'B'), person(ada, 'Z')]));
    expect(news()).toMatchObject([{ kind: 'updated', changed: ['LastName'] }, { kind: 'order' }]);
    expect(subscription.records.map(({ Id }) => Id)).toEqual([cleo, bob, ada]);
  });

  it('is nothing of fields that it has not asked for, and in a record the case of names does not matter', async () => {
    await listening('record');
    await tell(part([person(ada, 'Ada', { SystemModstamp: '1' })]));
    await tell(part([{ Id: ada, lastname: 'Ada', SystemModstamp: '2' }]));
    expect(news()).toMatchObject([{ kind: 'data' }]);
  });

  it('is that a record is gone, and that it is back', async () => {
    const subscription = await listening('record');
    await tell(part([person(ada, 'Ada')]));
    await tell(part([], [ada]));
    expect(subscription.records).toEqual([]);
    await tell(part([], [ada]));
    await tell(part([person(ada, 'Ada')]));
    expect(news()).toMatchObject([{ kind: 'data' }, { kind: 'deleted', id: ada }, { kind: 'created' }]);
  });

  it('is no data, and no error, of a record that is not there', async () => {
    await listening('record');
    await tell(part([], [ada]));
    expect(told).toEqual([{ kind: 'data', records: [], asOf: new Date(1_000) }]);
  });

  it('is of an object what has changed since, without a list of its records', async () => {
    const subscription = await listening('sObject');
    await tell(part([]));
    for (const time of [1, 2]) await tell(part([person(ada, 'Ada')], [bob], { asOf: time }));
    await tell(part([person(ada, 'Adams')]));
    await tell({ kind: 'gap' });
    expect(told[0]).toMatchObject({ kind: 'data', records: [] });
    expect(news().slice(1)).toMatchObject([
      { kind: 'deleted', id: bob },
      { kind: 'created', record: { Id: ada } },
      { kind: 'updated', changed: ['LastName'] },
      { kind: 'unknown' },
    ]);
    expect(subscription.records).toEqual([]);
  });

  it('is each state once, with its reason', async () => {
    const subscription = await listening();
    const delayed = { kind: 'state', state: 'delayed', message: 'The org is busy.', untilMs: 9_000 } as const;
    for (const state of [{ kind: 'state', state: 'live' } as const, delayed, delayed]) await tell(state);
    expect(told).toEqual([
      { kind: 'state', state: 'live', asOf: undefined },
      { kind: 'state', state: 'delayed', message: 'The org is busy.', until: new Date(9_000), asOf: undefined },
    ]);
    expect(subscription.state).toBe('delayed');
  });

  it('is nothing when the org was asked and all is as it was, but how old the data is', async () => {
    const subscription = await listening();
    await tell(whole([person(ada, 'Ada')]));
    await tell({ kind: 'unchanged', asOf: 7_000 });
    expect(news()).toHaveLength(1);
    expect(subscription.asOf).toEqual(new Date(7_000));
  });

  it('ends with what the org says', async () => {
    await listening();
    const { error } = failure('REQUEST_FAILED', "No such column 'Nmae'", { status: 400 });
    await tell({ kind: 'ended', failure: error });
    await tell(whole([person(ada, 'Ada')]));
    expect(told).toMatchObject([
      { kind: 'end', error: { name: 'ApiRequestError', status: 400, message: "No such column 'Nmae'" } },
    ]);
  });

  it('goes on after news that cannot be read, and news of a kind that a newer provider has', async () => {
    await listening();
    const odd = [{ kind: 'rows', rows: 'x' }, { kind: 'state', state: 'odd' }, { kind: 'later' }, null];
    for (const news of odd)
      await Promise.allSettled(provider.channel.publish('live', { subscriptionId: subscriptionId(), news }));
    expect(told).toEqual([]);
    await tell(whole([person(ada, 'Ada')]));
    expect(news()).toHaveLength(1);
  });
});

it('cannot be changed by who was told it', async () => {
  const subscription = await listening();
  await tell(whole([person(ada, 'Ada')]));
  expect(() => Object.assign(subscription.records[0]!, { LastName: 'Other' })).toThrow(TypeError);
});

it('tells the other listeners although one throws, which is reported to the page', async () => {
  const mistake = new Error('mistake');
  const report = jest.spyOn(globalThis, 'queueMicrotask').mockImplementation(() => undefined);
  const throwing = subscribe(connection, soql`SELECT Id FROM Contact`, () => {
    throw mistake;
  });
  running.push(throwing as unknown as Subscription);
  await settle();
  const first = subscriptionId();
  await listening();
  await tell(whole([person(ada, 'Ada')]), first);
  await tell(whole([person(ada, 'Ada')]));
  expect(news()).toHaveLength(1);
  expect(report.mock.calls.map(([task]) => task)).toContainEqual(expect.any(Function));
  expect(() => report.mock.calls.forEach(([task]) => task())).toThrow(mistake);
  report.mockRestore();
});

describe('a subscription', () => {
  it('asks for what it is about, once, in the session of its connection', async () => {
    await listening('record');
    expect(provider.requests('live.subscribe')).toEqual([
      {
        subscriptionId: expect.any(String),
        sessionId: 'session-1',
        isLookedAt: true,
        target: { kind: 'record', sObject: 'Contact', id: ada, fields: ['LastName', 'Owner.Name'] },
      },
    ]);
  });

  it.each([
    ['end()', (subscription: Subscription) => subscription.end(), []],
    ['its signal', (_: Subscription, controller: AbortController) => controller.abort(), []],
    ['disconnect()', () => void connection.disconnect(), [{ kind: 'end', error: { code: 'SESSION_ENDED' } }]],
  ] as const)('ends with %s, and the provider is told', async (_, end, events) => {
    const controller = new AbortController();
    const subscription = await listening('query', { signal: controller.signal });
    const id = subscriptionId();
    await tell(whole([person(ada, 'Ada')]));
    told.splice(0);
    end(subscription, controller);
    await settle();
    expect(provider.requests('live.unsubscribe')).toEqual([{ subscriptionId: id }]);
    await tell(whole([]), id);
    expect(told).toMatchObject(events);
  });

  it('is unsubscribed from when it ended while it was under way', async () => {
    let answer!: () => void;
    bus.crash(channelName);
    await start({ 'live.subscribe': () => new Promise((resolve) => (answer = () => resolve(success(null)))) });
    await jest.advanceTimersByTimeAsync(1_000);
    const subscription = await listening();
    subscription.end();
    expect(provider.requests('live.unsubscribe')).toEqual([]);
    answer();
    await settle();
    expect(provider.requests('live.unsubscribe')).toEqual([{ subscriptionId: subscriptionId() }]);
  });

  it('says whether a person can see the page, or what the app says instead', async () => {
    const visibility = jest.spyOn(document, 'visibilityState', 'get');
    const turn = async (state: DocumentVisibilityState) => {
      visibility.mockReturnValue(state);
      document.dispatchEvent(new Event('visibilitychange'));
      await settle();
      return provider.requests('live.look').at(-1)?.['isLookedAt'];
    };
    const subscription = await listening();
    expect(await turn('hidden')).toBe(false);
    expect(await turn('visible')).toBe(true);
    subscription.look(false);
    expect(await turn('visible')).toBe(false);
    subscription.look();
    await settle();
    expect(await turn('visible')).toBe(true);
    visibility.mockRestore();
  });

  it('is refused at once where it can be none', () => {
    const listener = () => undefined;
    const contact = { type: 'Contact', fields: ['Name'] };
    const wrong: [unknown, unknown, unknown?, unknown?][] = [
      [{ executeApiRequest: () => undefined }, contact],
      [connection, 'SELECT Id FROM Contact'],
      [connection, { ...contact, id: undefined }],
      [connection, { ...contact, fields: [] }],
      [connection, { type: 'Con tact', fields: ['Name'] }],
      [connection, contact, 'no function'],
      [connection, contact, listener, { isLookedAt: 'yes' }],
      [connection, contact, listener, { signla: undefined }],
    ];
    for (const [of, what, to = listener, options = {}] of wrong)
      expect(() => subscribe(of as never, what as never, to as never, options as never)).toThrow(
        expect.objectContaining({ name: 'ParameterError' }),
      );
  });
});

describe('a subscription goes on', () => {
  it('over a restart of the provider, from where it was, with the difference told once', async () => {
    const subscription = await listening();
    await tell(whole([person(ada, 'Ada'), person(bob, 'Bob')], { cursor: 'then' }));
    bus.crash(channelName);
    await settle();
    expect(subscription.state).toBe('paused');
    await start({ getConnection: () => success(session({ sessionId: 'session-2' })) });
    await jest.advanceTimersByTimeAsync(1_000);
    expect(provider.requests('live.subscribe')).toMatchObject([{ sessionId: 'session-2', cursor: 'then' }]);
    await tell({ kind: 'state', state: 'live' });
    for (const time of [1, 2]) await tell(whole([person(ada, 'Adams'), person(bob, 'Bob')], { asOf: time }));
    expect(news().map(({ kind }) => kind)).toEqual(['data', 'state', 'state', 'updated']);
  });

  it('when the provider cannot subscribe for a while', async () => {
    let refusals = 2;
    bus.crash(channelName);
    await start({
      'live.subscribe': () => (refusals-- > 0 ? failure('NETWORK_FAILED', 'No network.') : success(null)),
    });
    await jest.advanceTimersByTimeAsync(1_000);
    const subscription = await listening();
    expect(subscription.state).toBe('paused');
    await jest.advanceTimersByTimeAsync(10_000);
    expect(provider.requests('live.subscribe')).toHaveLength(3);
    await tell(whole([person(ada, 'Ada')]));
    expect(news()).toMatchObject([{ kind: 'state', state: 'paused', message: 'No network.' }, { kind: 'data' }]);
  });

  it('when a page comes back that the browser had put aside', async () => {
    await listening();
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    await settle();
    expect(provider.requests('live.subscribe')).toHaveLength(2);
    expect(provider.requests('live.unsubscribe')).toHaveLength(1);
  });

  const signedIn = { state: 'signedIn', orgUrl: session().orgUrl, consumerKey: 'key' } as const;

  it('after a sign-out when the same person signs in again, with the difference', async () => {
    bus.crash(channelName);
    await start({ getConnection: () => success(session({ sessionId: 'session-2' })) });
    await jest.advanceTimersByTimeAsync(1_000);
    const subscription = await listening();
    await tell(whole([person(ada, 'Ada')]));
    await provider.publishState({ ...signedIn, state: 'signedOut', sessionId: 'session-2' });
    expect(subscription).toMatchObject({ state: 'signedOut', records: [person(ada, 'Ada')] });
    await provider.publishState({ ...signedIn, sessionId: 'session-3' });
    await settle();
    expect(provider.requests('live.subscribe')).toHaveLength(2);
    await tell({ kind: 'state', state: 'live' });
    await tell(whole([person(ada, 'Ada'), person(bob, 'Bob')]));
    expect(news().map(({ kind }) => kind)).toEqual(['data', 'state', 'state', 'created']);
  });

  it('with nobody else: the data is forgotten, and it ends', async () => {
    const answers = [session(), session({ sessionId: 'session-9', currentUser: { Id: '005xx00000ANOTHER' } })];
    bus.crash(channelName);
    await start({ getConnection: () => success(answers.shift()) });
    await jest.advanceTimersByTimeAsync(1_000);
    const subscription = await listening();
    await tell(whole([person(ada, 'Ada')]));
    await tell({ kind: 'state', state: 'signedOut' });
    await provider.publishState({ ...signedIn, sessionId: 'session-9' });
    await settle();
    expect(subscription.records).toEqual([]);
    expect(news().at(-1)).toMatchObject({
      kind: 'end',
      error: { name: 'AuthTokenExpiredError', code: 'SESSION_ENDED' },
    });
    expect(provider.requests('live.subscribe')).toHaveLength(1);
  });
});

it('ends, and says what to update, with a provider that knows no live data', async () => {
  bus.crash(channelName);
  await start({
    hello: () => success({ protocol: { major: protocolVersion.major, minor: 6 }, identification: { kind: 'runtime' } }),
  });
  await jest.advanceTimersByTimeAsync(1_000);
  await listening();
  expect(told).toMatchObject([
    {
      kind: 'end',
      error: {
        name: 'InitializationError',
        code: 'PROTOCOL_MISMATCH',
        message: expect.stringContaining('Update the Salesforce provider'),
      },
    },
  ]);
});
