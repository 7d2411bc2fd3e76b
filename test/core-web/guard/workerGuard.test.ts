import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { claimUuid, readIdentity } from '../../../src/core-web/guard/clientIdentity.ts';
import { guardPorts } from '../../../src/core-web/guard/workerGuard.ts';

const identity = { uuid: 'app', name: 'app' };
const initialize = { topic: 'worker-initialize-connection', payload: { identity } };
const original = MessagePort.prototype.postMessage as (
  this: MessagePort,
  message: unknown,
  transfer: Transferable[],
) => void;
let refusals: string[];
let unanswerable: string[];
/** The broker page's port to the shared worker; its other end. */
let toWorker: MessageChannel;
/** What core-web's broker code hands over: an end for the shared worker, an end for the page. */
let handed: MessageChannel;

beforeEach(() => {
  refusals = [];
  unanswerable = [];
  [toWorker, handed] = [new MessageChannel(), new MessageChannel()];
  guardPorts(MessagePort.prototype, {
    identity,
    rules: {
      outbound: (text) =>
        text.includes('bad')
          ? {
              refusal: 'bad',
              action: 'x',
              ...(text.includes('asks') && { messageId: 'm' }),
              ...(text.includes('usual') && { isUsual: true }),
            }
          : {},
      inbound: (text) => !text.includes('hidden'),
      takeUnanswerable: () => unanswerable.splice(0),
    },
    onRefused: (action, reason) => refusals.push(`${action}: ${reason}`),
  });
});
afterEach(() => {
  MessagePort.prototype.postMessage = original as MessagePort['postMessage'];
  for (const { port1, port2 } of [toWorker, handed]) [port1, port2].forEach((port) => port.close());
});

const next = (port: MessagePort) =>
  new Promise<MessageEvent>((resolve) => {
    port.addEventListener('message', (event) => resolve(event as MessageEvent), { once: true });
    port.start();
  });

/** Joins as core-web does. @returns the shared worker's end. */
async function join(): Promise<MessagePort> {
  const arrived = next(toWorker.port2);
  toWorker.port1.postMessage(initialize, [handed.port2]);
  const { data, ports } = await arrived;
  expect(data).toEqual(initialize);
  return ports[0]!;
}
const wire = (message: string) => ({ topic: 'wire-message', message });

describe('the guard of the broker page', () => {
  it('passes on what the rules allow, either way', async () => {
    const worker = await join();
    const [asWorker, asPage] = [next(worker), next(handed.port1)];
    original.call(handed.port1, wire('hello'), []);
    expect((await asWorker).data).toEqual(wire('hello'));
    original.call(worker, { topic: 'wire-message-response', message: 'hello back' }, []);
    expect((await asPage).data).toEqual({ topic: 'wire-message-response', message: 'hello back' });
    worker.close();
  });

  it('answers what it refuses, if an answer is wanted, and tells the platform', async () => {
    const worker = await join();
    const [asWorker, asPage] = [next(worker), next(handed.port1)];
    for (const message of ['bad', 'bad asks']) original.call(handed.port1, wire(message), []);
    for (const other of [null, 'text', { topic: 'ping' }]) original.call(handed.port1, other, []);
    original.call(handed.port1, wire('good'), []);
    expect((await asWorker).data).toEqual(wire('good'));
    const { topic, message } = (await asPage).data as { topic: string; message: string };
    expect({ topic, ...JSON.parse(message) }).toEqual({
      topic: 'wire-message-response',
      action: 'ack',
      originalAction: 'x',
      correlationId: 'm',
      payload: { success: false, reason: 'bad', error: null },
    });
    expect(refusals).toEqual(['x: bad', 'x: bad', ...Array(3).fill('unreadable: This platform offers no such call.')]);
    worker.close();
  });

  it('answers what core-web says on every page, and tells nobody of it', async () => {
    const worker = await join();
    const asPage = next(handed.port1);
    original.call(handed.port1, wire('bad usual asks'), []);
    expect(JSON.parse(((await asPage).data as { message: string }).message)).toMatchObject({
      correlationId: 'm',
      payload: { success: false, reason: 'bad' },
    });
    expect(refusals).toEqual([]);
    worker.close();
  });

  it('keeps from the page what is not for it', async () => {
    const worker = await join();
    const asPage = next(handed.port1);
    for (const message of ['hidden', 'shown'])
      original.call(worker, { topic: 'wire-message-outbound-send', message }, []);
    expect((await asPage).data).toMatchObject({ message: 'shown' });
    worker.close();
  });

  it('answers what nobody else will answer any more as the shared worker does where there is no such channel', async () => {
    const worker = await join();
    unanswerable = ['connect'];
    const messages: string[] = [];
    const answered = new Promise<void>((resolve) => {
      handed.port1.addEventListener('message', ({ data }: MessageEvent<{ message: string }>) => {
        if (messages.push(data.message) === 2) resolve();
      });
      handed.port1.start();
    });
    original.call(worker, { topic: 'wire-message-outbound-send', message: '"the channel has gone"' }, []);
    await answered;
    expect(messages.map((message) => JSON.parse(message) as unknown)).toEqual([
      'the channel has gone',
      {
        action: 'ack',
        originalAction: 'connect-to-channel',
        correlationId: 'connect',
        payload: { success: false, reason: 'internal-nack', error: null },
      },
    ]);
    expect(refusals).toEqual([]);
    worker.close();
  });

  it.each([
    ['another identity', { ...initialize, payload: { identity: { uuid: 'other', name: 'app' } } }],
    ['more than an identity', { ...initialize, payload: { identity: { ...identity, runtimeUuid: 'r' } } }],
    ['a message of another shape', { topic: 'worker-initialize-connection' }],
    ['a message that core-web does not have today', { topic: 'worker-open-connection', payload: { identity } }],
  ])('lets nothing through that it does not understand: %s', (_what, message) => {
    expect(() => toWorker.port1.postMessage(message, [handed.port2])).toThrow(/does not understand|another identity/);
  });

  it('lets a page join once, with one port', async () => {
    const worker = await join();
    const more = new MessageChannel();
    expect(() => toWorker.port1.postMessage(initialize, [more.port1])).toThrow('another identity');
    expect(() => toWorker.port1.postMessage({ topic: 'create-fallback-connection' }, [more.port1, more.port2])).toThrow(
      'does not understand',
    );
    expect(() =>
      toWorker.port1.postMessage(initialize, { transfer: [more.port1] } as StructuredSerializeOptions),
    ).toThrow('does not understand');
    expect(() => toWorker.port1.postMessage({ topic: 'create-fallback-connection' }, [more.port1])).not.toThrow();
    worker.close();
  });
});

describe('who a client is', () => {
  it("is read from the frame's name as core-web writes it", () => {
    expect(readIdentity(`of-broker<${btoa(JSON.stringify(identity))}>`)).toEqual(identity);
    for (const name of [
      '',
      'of-broker',
      'of-frame<e30=>',
      `of-broker<${btoa('{"uuid":"a"}')}>`,
      `of-broker<${btoa('{"uuid":1,"name":"n"}')}>`,
    ]) {
      expect(() => readIdentity(name)).toThrow('did not say which client this is');
    }
  });

  it('is no client that the shared worker could take for another one', () => {
    const encoded = (client: object) => `of-broker<${btoa(JSON.stringify(client))}>`;
    for (const uuid of ['a/b', 'a_b', 'a b', 'a\u00e9', 'a\n', ''])
      expect(() => readIdentity(encoded({ uuid, name: 'c' }))).toThrow('did not say which client this is');
    for (const client of [
      { uuid: 'a-b.c:d', name: 'e/f_g' },
      { uuid: crypto.randomUUID(), name: 'n' },
    ])
      expect(readIdentity(encoded(client))).toEqual(client);
  });

  it('is claimed by one frame at a time', async () => {
    const held = new Set<string>();
    const locks = {
      async request(name: string, _options: LockOptions, work: (lock: Lock | null) => unknown): Promise<unknown> {
        if (held.has(name)) return work(null);
        held.add(name);
        return work({ name, mode: 'exclusive' });
      },
    } as unknown as LockManager;
    expect(await claimUuid(locks, identity)).toBe(true);
    expect(await claimUuid(locks, { ...identity, name: 'another' })).toBe(false);
    expect(await claimUuid(locks, { ...identity, uuid: 'another' })).toBe(true);
    await expect(
      claimUuid({ request: () => Promise.reject(new Error('no locks here')) } as unknown as LockManager, identity),
    ).rejects.toThrow('no locks here');
  });
});

it('was made for this core-web: read its broker code and shared worker again before another is taken', () => {
  const packageFile = path.join(
    path.dirname(createRequire(import.meta.url).resolve('@openfin/core-web')),
    '../package.json',
  );
  expect((JSON.parse(readFileSync(packageFile, 'utf8')) as { version: string }).version).toBe('0.40.51');
});
