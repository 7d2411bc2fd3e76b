/** @jest-environment jsdom */
/** Tickets of the provider's page itself, which an app can reach as a frame of the desktop's. */
import { MessageChannel } from 'node:worker_threads';
import { answerTicketRequests, frameOf } from '../../../../src/provider/hosts/web/frameTickets.ts';
import type { Tickets } from '../../../../src/provider/hosts/web/tickets.ts';
import { until } from '../../../support/until.ts';

const origin = 'https://blotter.bank.example';
const client = { uuid: 'blotter-client', name: 'blotter-client' };
const channel = { uuid: 'provider-client', name: 'provider-client', channelId: 'own' };
const request = { type: 'salesforce-interop.ticketRequest', nonce: 'n1', client, channel };

type Order = Parameters<Tickets['answerTo']>[0];
let orders: Order[];
let kept: [orderId: string, port: unknown][];
let answers: [reply: unknown, options: unknown][];
let answer: (order: Order) => Awaited<ReturnType<Tickets['answerTo']>>;
let stop: () => void;

beforeEach(() => {
  [orders, kept, answers] = [[], [], []];
  answer = ({ orderId }) => ({ kind: 'issued', orderId, ticket: 'ticket' });
  stop = answerTicketRequests(window, {
    async answerTo(order) {
      orders.push(order);
      return answer(order);
    },
    keepPort: (orderId, port) => void kept.push([orderId, port]),
  });
});
afterEach(() => stop());

/** Somebody else's window, as this page sees it. */
const asking = { postMessage: (...given: [unknown, unknown]) => void answers.push(given) } as unknown as Window;

/** A message to the page, with the origin that the browser states. @returns whether its port was closed */
function ask(data: unknown, from: string = origin) {
  const { port1, port2 } = new MessageChannel();
  const app = { isClosed: false, port: port2, end: () => port1.close() };
  port1.on('close', () => (app.isClosed = true));
  const event = new MessageEvent('message', { data, origin: from });
  // jsdom takes no other window as source, and no ports.
  Object.defineProperties(event, { source: { value: asking }, ports: { value: [port2] } });
  window.dispatchEvent(event);
  return app;
}

it('are for the origin that the browser states, and go to that window and origin only', async () => {
  const { port, end } = ask({ ...request, origin: 'https://evil.example', orderId: 'chosen' });
  await until(() => answers.length === 1);
  expect(orders).toEqual([
    { kind: 'order', orderId: expect.stringMatching(/^[0-9a-f-]{36}$/), origin, client, channel, hasPort: false },
  ]);
  expect(answers).toEqual([
    [{ type: 'salesforce-interop.ticket', nonce: 'n1', ticket: 'ticket' }, { targetOrigin: origin }],
  ]);
  expect(kept).toEqual([[orders[0]!.orderId, port]]);
  end();
});

it('are refused with the reason, and the port is closed', async () => {
  for (const reason of ['foreignChannel', 'tooMany'] as const) {
    answer = ({ orderId }) => ({ kind: 'refused', orderId, reason });
    const app = ask(request);
    await until(() => app.isClosed);
    expect(answers.pop()).toEqual([
      { type: 'salesforce-interop.ticketRefused', nonce: 'n1', reason },
      { targetOrigin: origin },
    ]);
  }
  expect(kept).toEqual([]);
});

it('are not given to a page without an origin of its own, and the port is closed', async () => {
  const app = ask(request, 'null');
  await until(() => app.isClosed);
  expect([orders, answers]).toEqual([[], []]);
});

it.each([
  null,
  'text',
  {},
  { ...request, type: 'salesforce-interop.ticket' },
  { ...request, nonce: '' },
  { ...request, client: undefined },
  { ...request, client: { ...client, uuid: 'x'.repeat(201) } },
  { ...request, channel: { ...channel, channelId: 1 } },
])('are not given for %j', async (data) => {
  const wrong = ask(data);
  const { end } = ask(request);
  await until(() => answers.length > 0);
  expect([orders.length, answers.length]).toEqual([1, 1]);
  wrong.end();
  end();
});

describe('the frame that an app is told', () => {
  type Page = Parameters<typeof frameOf>[0];
  const desktop = (...frames: unknown[]) => Object.assign([...frames]) as unknown as Window;

  it("is where the provider's page is now among the desktop's frames", () => {
    const page = {} as { top: Window; parent: Window };
    page.top = page.parent = desktop({}, {}, page);
    expect(frameOf(page as Page)).toBe(2);
    page.top = page.parent = desktop(page, {});
    expect(frameOf(page as Page)).toBe(0);
  });

  it('is none for a page that is no frame, or a frame within a frame', () => {
    const alone = {} as { top: unknown; parent: unknown };
    alone.top = alone.parent = alone;
    expect(frameOf(alone as Page)).toBeUndefined();
    const nested = { top: desktop({}), parent: desktop({}) };
    expect(frameOf(nested as Page)).toBeUndefined();
  });
});
