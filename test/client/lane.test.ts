/** @jest-environment jsdom */
/** How the client uses a lane, and what it does when that breaks. */
import { jest } from '@jest/globals';
import { once } from 'node:events';
import { TextDecoder, TextEncoder } from 'node:util';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { deferred } from '../../src/deferred.ts';
import { protocolVersion } from '../../src/channel/channelVersion.ts';
import { failure, success } from '../../src/outcomes/failure.ts';
import {
  configure,
  connect,
  disableLogging,
  enableLogging,
  soql,
  subscribe,
  type LiveEvent,
} from '../../src/client/index.ts';
import { ChannelBus } from '../../sandbox/container/channelBus.ts';
import { until } from '../support/until.ts';
import { reply, startProvider, type Answers } from './scriptedProvider.ts';

let pageEnd: MessagePort;
class WatchedChannel extends MessageChannel {
  constructor() {
    super();
    pageEnd = this.port1;
  }
}
/** Which jsdom does not have. */
Object.assign(globalThis, { MessageChannel: WatchedChannel, TextDecoder, TextEncoder });

const ticketUrl = 'http://localhost:8102/ticket.html';
const ticket = 'ticket-'.padEnd(40, '0');

interface Asked {
  kind: string;
  requestId: string;
  endpoint?: string;
  body?: unknown;
}

/** A token worker's end of a lane, which answers as scripted. */
class WorkerEnd {
  readonly asked: Asked[] = [];
  answer: (asked: Asked) => unknown = () => undefined;
  port: MessagePort | undefined;

  take(port: MessagePort): void {
    this.port = port;
    port.on('message', (asked: Asked) => {
      this.asked.push(asked);
      const outcome = this.answer(asked);
      if (outcome !== undefined) port.postMessage({ kind: 'answer', requestId: asked.requestId, outcome });
    });
  }

  /** Says that the lane can be used, and waits until the page has heard it. */
  async open(): Promise<void> {
    const heard = once(pageEnd, 'message');
    this.port!.postMessage({ kind: 'open' });
    await heard;
  }
}

let observer: MutationObserver;
let worker: WorkerEnd;

/** The ticket page: takes the port, and gives a ticket. */
beforeEach(() => {
  worker = new WorkerEnd();
  observer = new MutationObserver((records) => {
    for (const frame of records.flatMap(({ addedNodes }) => [...addedNodes]) as HTMLIFrameElement[]) {
      frame.contentWindow!.postMessage = ((message: { nonce: string }, _origin: string, [port]: MessagePort[]) => {
        worker.take(port!);
        const data = { type: 'salesforce-interop.ticket', nonce: message.nonce, ticket };
        const origin = new URL(ticketUrl).origin;
        window.dispatchEvent(new MessageEvent('message', { data, origin, source: frame.contentWindow }));
      }) as never;
      frame.dispatchEvent(new Event('load'));
    }
  });
  observer.observe(document.body, { childList: true });
});
afterEach(() => {
  observer.disconnect();
  worker.port?.close();
  configure({});
});

async function connected(answers: Answers = {}) {
  const bus = new ChannelBus();
  configure({ fin: bus.runtime({ uuid: 'app', name: 'app' }) });
  const provider = await startProvider(bus, {
    hello: () => success({ protocol: protocolVersion, identification: { kind: 'ticket', ticketUrl } }),
    identify: () => success(null),
    ...answers,
  });
  const connection = await connect();
  const byChannel = () => provider.requests('execute').map(({ endpoint }) => endpoint);
  return { provider, connection, byChannel };
}

const json = (text: string, more: object = {}) => {
  const { buffer } = new TextEncoder().encode(text);
  return success({ status: 200, type: 'application/json', body: { kind: 'jsonBytes', bytes: buffer }, ...more });
};

it('sends requests over the lane once the other end says that it is open, and over the channel before', async () => {
  const { connection, byChannel } = await connected({
    execute: () => reply({ kind: 'text', text: 'by channel' }, 'text/plain'),
  });
  worker.answer = () => json('{"by":"lane","__proto__":{"x":1},"\\u005f_proto__":2}');
  expect(await connection.executeApiRequest('/first')).toMatchObject({ data: 'by channel' });
  await worker.open();
  const { data } = await connection.executeApiRequest('/second');
  expect(JSON.stringify(data)).toBe('{"by":"lane"}');
  expect(byChannel()).toEqual(['/first']);
  expect(worker.asked).toMatchObject([{ kind: 'execute', endpoint: '/second', sessionId: 'session-1' }]);
});

it('takes failures, and JSON that is none, as it does over the channel', async () => {
  const { connection } = await connected();
  await worker.open();
  worker.answer = () => failure('SIGN_IN_REQUIRED', 'Sign in.', { correlationId: 'c' });
  await expect(connection.executeApiRequest('/x')).rejects.toMatchObject({
    name: 'AuthTokenExpiredError',
    code: 'SIGN_IN_REQUIRED',
    correlationId: 'c',
  });
  const unreadable = failure('NETWORK_FAILED', 'Unreadable.').error;
  worker.answer = () => json('{"a":', { unreadable });
  await expect(connection.executeApiRequest('/x')).rejects.toMatchObject({ code: 'NETWORK_FAILED' });
  worker.answer = () => json('{"a":');
  expect(await connection.executeApiRequest('/x')).toMatchObject({ data: '{"a":' });
});

it('gives a request up on the lane when its caller does', async () => {
  const { connection, provider } = await connected();
  await worker.open();
  const controller = new AbortController();
  const asking = connection.executeApiRequest('/slow', 'GET', undefined, undefined, true, {
    signal: controller.signal,
  });
  const outcome = asking.catch((error: unknown) => error);
  await until(() => worker.asked.length === 1);
  controller.abort(new Error('enough'));
  expect(await outcome).toMatchObject({ message: 'enough' });
  await until(() => worker.asked.length === 2);
  expect(worker.asked[1]).toEqual({ kind: 'cancel', requestId: worker.asked[0]!.requestId });
  expect(provider.requests('cancel')).toEqual([]);
});

it('goes on over the channel when the lane breaks: reads are sent again, writes reject', async () => {
  const { connection, byChannel } = await connected();
  await worker.open();
  const read = connection.executeApiRequest('/read');
  const write = connection.executeApiRequest('/write', 'POST', { a: 1 }).catch((error: unknown) => error);
  await until(() => worker.asked.length === 2);
  expect(worker.asked[1]!.body).toEqual({ kind: 'jsonText', json: '{"a":1}' });
  worker.port!.postMessage({ kind: 'closed' });
  expect(await read).toEqual({ status: 200 });
  expect(await write).toMatchObject({
    code: 'PROVIDER_UNAVAILABLE',
    message: expect.stringContaining('Whether it reached Salesforce is not known'),
  });
  await connection.executeApiRequest('/next');
  expect(byChannel()).toEqual(['/read', '/next']);
});

it('carries live data, which goes on over the channel when the lane breaks', async () => {
  const { connection, provider } = await connected({
    'live.subscribe': () => success(null),
    'live.unsubscribe': () => success(null),
    states: () => success([]),
  });
  await worker.open();
  worker.answer = ({ kind }) => (kind === 'subscribe' ? success(null) : undefined);
  const told: LiveEvent<{ Id: string }>[] = [];
  const live = subscribe<{ Id: string }>(connection, soql`SELECT Id FROM Contact`, (event) => told.push(event));
  await until(() => worker.asked.length === 1);
  const [asked] = worker.asked as (Asked & { subscriptionId: string })[];
  expect(asked).toMatchObject({ kind: 'subscribe', sessionId: 'session-1', target: { kind: 'query' } });
  const rows = { kind: 'rows', isWhole: true, rows: [{ Id: '1' }], gone: [], asOf: 1, cursor: 'then' };
  worker.port!.postMessage({ kind: 'live', subscriptionId: asked!.subscriptionId, news: rows });
  await until(() => told.length === 1);
  live.look(false);
  await until(() => worker.asked.length === 2);
  expect(worker.asked[1]).toMatchObject({ kind: 'look', isLookedAt: false });
  worker.port!.postMessage({ kind: 'closed' });
  await until(() => provider.requests('live.subscribe').length === 1);
  const [again] = provider.requests('live.subscribe');
  expect(again).toMatchObject({ sessionId: 'session-1', cursor: 'then', isLookedAt: false });
  await Promise.allSettled(
    provider.channel.publish('live', { subscriptionId: again!['subscriptionId'], news: { ...rows, rows: [] } }),
  );
  expect(told).toMatchObject([{ kind: 'data' }, { kind: 'deleted', id: '1' }]);
  live.end();
  await until(() => provider.requests('live.unsubscribe').length === 1);
});

describe('for an app that the runtime has vouched for', () => {
  const hello = () => success({ protocol: protocolVersion, identification: { kind: 'runtime' as const, ticketUrl } });
  const execute = () => reply({ kind: 'text', text: 'by channel' }, 'text/plain');

  it('no call waits for the lane, which takes the requests once it is open', async () => {
    const identified = deferred<ReturnType<typeof success<null>>>();
    const { provider, connection, byChannel } = await connected({ hello, execute, identify: () => identified.promise });
    expect(await connection.executeApiRequest('/first')).toMatchObject({ data: 'by channel' });
    await until(() => worker.port !== undefined && provider.requests('identify').length === 1);
    expect(provider.requests('identify')).toEqual([{ ticket }]);
    expect(await connection.executeApiRequest('/second')).toMatchObject({ data: 'by channel' });
    worker.answer = () => json('{"by":"lane"}');
    await worker.open();
    identified.resolve(success(null));
    expect(await connection.executeApiRequest('/third')).toMatchObject({ data: { by: 'lane' } });
    expect(byChannel()).toEqual(['/first', '/second']);
  });

  it('the channel does the same where the ticket is refused, which the log says', async () => {
    const said: string[] = [];
    jest.spyOn(console, 'info').mockImplementation((line: string) => void said.push(line));
    enableLogging();
    try {
      const { connection } = await connected({
        hello,
        execute,
        identify: () => failure('APP_NOT_ALLOWED', 'The ticket was given to another page.'),
      });
      await until(() => said.includes('[salesforce-interop] no lane: APP_NOT_ALLOWED'));
      expect(await connection.executeApiRequest('/x')).toMatchObject({ data: 'by channel' });
    } finally {
      disableLogging();
      jest.restoreAllMocks();
    }
  });
});
