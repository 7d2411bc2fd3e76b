import { ticketChannel } from '../../../../src/provider/hosts/web/messages.ts';
import { createTickets } from '../../../../src/provider/hosts/web/tickets.ts';

const origin = 'https://blotter.bank.example';
let now = 0;
let tickets: ReturnType<typeof createTickets>;
let page: BroadcastChannel;

beforeEach(() => {
  now = 1_000_000;
  tickets = createTickets((channelId) => channelId === 'own', () => now);
  page = new BroadcastChannel(ticketChannel);
});
afterEach(() => {
  tickets.close();
  page.close();
});

let orders = 0;
/** What the ticket page does for an app. */
function order(changes: object = {}): Promise<{ kind: string; ticket?: string }> {
  const orderId = `order-${(orders += 1)}`;
  return new Promise((resolve) => {
    page.onmessage = ({ data }) => (data as { orderId: string }).orderId === orderId && resolve(data as { kind: string });
    page.postMessage({ kind: 'order', orderId, origin, channelId: 'own', ...changes });
  });
}

describe('a ticket', () => {
  it('stands for the origin it was asked from, once', async () => {
    const { ticket } = await order();
    expect(tickets.redeem(ticket!)).toBe(origin);
    expect(tickets.redeem(ticket!)).toBeUndefined();
  });

  it('is good for a minute', async () => {
    const [first, second] = [await order(), await order()];
    now += 60_000;
    expect(tickets.redeem(first.ticket!)).toBe(origin);
    now += 1;
    expect(tickets.redeem(second.ticket!)).toBeUndefined();
  });

  it('is refused for a channel that is not the provider\'s', async () => {
    expect(await order({ channelId: 'somebody else\'s' })).toEqual({ kind: 'refused', orderId: expect.any(String) });
    expect(await order()).toMatchObject({ kind: 'issued' });
  });

  it('is not given to a page without an origin, nor to a malformed order', async () => {
    const answers: unknown[] = [];
    page.onmessage = ({ data }) => void answers.push(data);
    for (const wrong of [{ origin: 'null' }, { origin: undefined }, { kind: 'issued' }, { channelId: undefined }]) {
      page.postMessage({ kind: 'order', orderId: 'wrong', origin, channelId: 'own', ...wrong });
    }
    // In order: all answers to the others would be there before this one's.
    expect(await order()).toMatchObject({ kind: 'issued' });
    expect(answers).toEqual([]);
  });

  it('of an old order makes room for a new one', async () => {
    const { ticket } = await order();
    for (let count = 0; count < 1_000; count += 1) await order();
    expect(tickets.redeem(ticket!)).toBeUndefined();
    expect(tickets.redeem((await order()).ticket!)).toBe(origin);
  });
});
