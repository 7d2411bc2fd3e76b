import { deferred } from '../../../../src/deferred.ts';
import { ticketChannel } from '../../../../src/provider/hosts/web/ticketMessages.ts';
import { createTickets } from '../../../../src/provider/hosts/web/tickets.ts';
import { until } from '../../../support/until.ts';

const origin = 'https://blotter.bank.example';
const client = { uuid: 'blotter-client', name: 'blotter-client' };
const own = { uuid: 'provider-client', name: 'provider-client', channelId: 'own' };
let now = 0;
let tickets: ReturnType<typeof createTickets>;
let page: BroadcastChannel;

beforeEach(() => {
  now = 1_000_000;
  tickets = createTickets(Promise.resolve(own), undefined, () => now);
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
    page.onmessage = ({ data }) =>
      (data as { orderId: string }).orderId === orderId && resolve(data as { kind: string });
    page.postMessage({ kind: 'order', orderId, origin, client, channel: own, ...changes });
  });
}

describe('a ticket', () => {
  it('stands for the origin it was asked from, once', async () => {
    const { ticket } = await order();
    expect(tickets.redeem(ticket!, client)).toEqual({ origin });
    expect(tickets.redeem(ticket!, client)).toEqual({ refused: 'unknown' });
  });

  it('is of no use to another client, and spent when one presents it', async () => {
    for (const other of [
      { ...client, uuid: 'attacker' },
      { ...client, name: 'attacker' },
    ]) {
      const { ticket } = await order();
      expect(tickets.redeem(ticket!, other)).toEqual({ refused: 'foreign', issuedTo: origin });
      expect(tickets.redeem(ticket!, client)).toEqual({ refused: 'unknown' });
    }
  });

  it('is good for a minute', async () => {
    const [first, second] = [await order(), await order()];
    now += 60_000;
    expect(tickets.redeem(first.ticket!, client)).toEqual({ origin });
    now += 1;
    expect(tickets.redeem(second.ticket!, client)).toEqual({ refused: 'unknown' });
  });

  it('that is ordered before the provider knows the id of its channel waits for it, instead of being told that somebody else has the channel', async () => {
    tickets.close();
    const made = deferred<typeof own>();
    tickets = createTickets(made.promise, undefined, () => now);
    const answers: { kind: string; orderId: string }[] = [];
    page.onmessage = ({ data }) => answers.push(data as { kind: string; orderId: string });
    for (const [orderId, channel] of [
      ['early', own],
      ['early', own],
      ['foreign', { ...own, channelId: "somebody else's" }],
    ] as const)
      page.postMessage({ kind: 'order', orderId, origin, client, channel });
    // What else is said on the channel is delivered in its order: the orders have been read by then.
    const read = new BroadcastChannel(ticketChannel);
    const heard = new Promise((resolve) => {
      read.onmessage = ({ data }) => data === 'after the orders' && resolve(data);
    });
    page.postMessage('after the orders');
    await heard;
    read.close();
    expect(answers).toEqual([]);
    made.resolve(own);
    await until(async () => answers.length === 2);
    expect(answers).toMatchObject([
      { orderId: 'early', kind: 'issued' },
      { orderId: 'foreign', kind: 'refused', reason: 'foreignChannel' },
    ]);
  });

  it("is refused for a channel that is not the provider's", async () => {
    for (const impostor of [{ channelId: "somebody else's" }, { uuid: 'attacker' }, { name: 'attacker' }]) {
      expect(await order({ channel: { ...own, ...impostor } })).toEqual({
        kind: 'refused',
        orderId: expect.any(String),
        reason: 'foreignChannel',
      });
    }
    expect(await order()).toMatchObject({ kind: 'issued' });
  });

  it('is not given to a page without an origin, nor to a malformed order', async () => {
    const answers: unknown[] = [];
    page.onmessage = ({ data }) => void answers.push(data);
    for (const wrong of [
      { origin: 'null' },
      { origin: undefined },
      { kind: 'issued' },
      { channel: undefined },
      { client: undefined },
    ]) {
      page.postMessage({ kind: 'order', orderId: 'wrong', origin, client, channel: own, ...wrong });
    }
    // In order: all answers to the others would be there before this one's.
    expect(await order()).toMatchObject({ kind: 'issued' });
    expect(answers).toEqual([]);
  });

  it('of one origin makes room for its next ones only, and nobody gets more than 300 in ten seconds', async () => {
    const another = await order({ origin: 'https://other.bank.example' });
    const own = [];
    for (let count = 0; count < 300; count += 1) own.push(await order());
    expect(await order()).toMatchObject({ kind: 'refused', reason: 'tooMany' });
    expect(tickets.redeem(own[279]!.ticket!, client)).toEqual({ refused: 'unknown' });
    expect(tickets.redeem(own[280]!.ticket!, client)).toEqual({ origin });
    expect(tickets.redeem(another.ticket!, client)).toEqual({ origin: 'https://other.bank.example' });
    expect(await order({ origin: 'https://other.bank.example' })).toMatchObject({ kind: 'issued' });
    now += 10_000;
    expect(await order()).toMatchObject({ kind: 'issued' });
  });
});
