/** The script of the SharedWorker itself, with its `connect` events made here: Node.js has no SharedWorker. */
import { jest } from '@jest/globals';

const scope = new EventTarget();
const opened: MessagePort[] = [];

function channel(): MessageChannel {
  const made = new MessageChannel();
  opened.push(made.port1, made.port2);
  return made;
}

/** A page of the provider's origin that has connected: a ticket page, or the provider's own. */
function connectPage() {
  const { port1: page, port2: relay } = channel();
  const got: { orderId: unknown; port: MessagePort }[] = [];
  page.onmessage = ({ data, ports: [port] }: MessageEvent<unknown>) => {
    opened.push(port!);
    got.push({ orderId: data, port: port! });
  };
  scope.dispatchEvent(Object.assign(new Event('connect'), { ports: [relay] }));
  return {
    got,
    /** The port whose other end is left. */
    leave(orderId: unknown): { isClosed: boolean; port: MessagePort } {
      const { port1, port2 } = channel();
      const app = { isClosed: false, port: port1 };
      port1.addEventListener('close', () => (app.isClosed = true));
      port1.start();
      page.postMessage(orderId, [port2]);
      return app;
    },
    want: (orderId: unknown) => page.postMessage(orderId),
  };
}

/** Timers stand still; messages do not. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setImmediate(resolve));
}

beforeAll(async () => {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate', 'clearImmediate', 'performance'] });
  Object.assign(globalThis, { self: scope });
  await import('../../../../src/provider/hosts/web/portRelay.ts');
});
afterEach(() => {
  jest.advanceTimersByTime(60_000);
  for (const port of opened.splice(0)) port.close();
});
afterAll(() => {
  jest.useRealTimers();
  delete (globalThis as { self?: unknown }).self;
});

/** Whether the two ends belong together. */
async function areJoined(app: MessagePort, port: MessagePort): Promise<boolean> {
  const heard = new Promise<unknown>((resolve) => (app.onmessage = ({ data }) => resolve(data)));
  port.postMessage('hello');
  return (await heard) === 'hello';
}

describe('the port that a ticket page leaves', () => {
  it.each(['before', 'after'])('reaches who asks for that order %s it was left, and nobody else', async (when) => {
    const [ticketPage, provider, other] = [connectPage(), connectPage(), connectPage()];
    other.want(`another than ${when}`);
    if (when === 'before') provider.want(when);
    const app = ticketPage.leave(when);
    if (when === 'after') provider.want(when);
    await until(() => provider.got.length === 1);
    expect(provider.got[0]!.orderId).toBe(when);
    expect(await areJoined(app.port, provider.got[0]!.port)).toBe(true);
    expect(other.got).toEqual([]);
  });

  it('is handed over once: who asks again for the same order gets nothing', async () => {
    const [ticketPage, provider, late] = [connectPage(), connectPage(), connectPage()];
    ticketPage.leave('once');
    provider.want('once');
    await until(() => provider.got.length === 1);
    late.want('once');
    ticketPage.leave('proof that the relay has read on');
    late.want('proof that the relay has read on');
    await until(() => late.got.length === 1);
    expect(late.got.map(({ orderId }) => orderId)).toEqual(['proof that the relay has read on']);
  });

  it('cannot be put in the place of one that was left already', async () => {
    const [ticketPage, hostile, provider] = [connectPage(), connectPage(), connectPage()];
    const app = ticketPage.leave('taken');
    const second = hostile.leave('taken');
    await until(() => second.isClosed);
    provider.want('taken');
    await until(() => provider.got.length === 1);
    expect(await areJoined(app.port, provider.got[0]!.port)).toBe(true);
  });

  it.each([[null], [7], [{ orderId: 'x' }], [['x']]])('is not taken under %j, which is no id', async (id) => {
    const [ticketPage, provider] = [connectPage(), connectPage()];
    ticketPage.leave(id);
    provider.want(id);
    ticketPage.leave('an id');
    provider.want('an id');
    await until(() => provider.got.length === 1);
    expect(provider.got[0]!.orderId).toBe('an id');
  });

  it('is closed when nobody has asked for it within a minute', async () => {
    const ticketPage = connectPage();
    const app = ticketPage.leave('forgotten');
    const kept = connectPage();
    kept.want('proof that the relay has read it');
    ticketPage.leave('proof that the relay has read it');
    await until(() => kept.got.length === 1);
    jest.advanceTimersByTime(59_999);
    expect(app.isClosed).toBe(false);
    jest.advanceTimersByTime(1);
    await until(() => app.isClosed);
  });

  it('is closed when too many others were left after it', async () => {
    const ticketPage = connectPage();
    const oldest = ticketPage.leave('oldest');
    for (let count = 0; count < 1_000; count += 1) ticketPage.leave(`later ${count}`);
    await until(() => oldest.isClosed);
  });
});
