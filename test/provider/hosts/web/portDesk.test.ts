/** Ports that come with ticket requests, each for whoever redeems the ticket of its order. */
import { createPortDesk } from '../../../../src/provider/hosts/web/portDesk.ts';
import { createTickets } from '../../../../src/provider/hosts/web/tickets.ts';
import { ticketChannel } from '../../../../src/provider/hosts/web/ticketMessages.ts';
import { until } from '../../../support/until.ts';

const client = { uuid: 'blotter-client', name: 'blotter-client' };
const own = { uuid: 'provider-client', name: 'provider-client', channelId: 'own' };
const opened: MessagePort[] = [];

/** The port relay's end of the connection, by which orders are asked for and answered. */
function startRelay() {
  const { port1: ofProvider, port2: ofRelay } = new MessageChannel();
  opened.push(ofProvider, ofRelay);
  const asked: unknown[] = [];
  ofRelay.onmessage = ({ data }) => asked.push(data);
  /** @returns the app's end, which says when the other has been closed */
  function hand(orderId: string) {
    const { port1, port2 } = new MessageChannel();
    opened.push(port1);
    const app = { isClosed: false, port: port1 };
    port1.addEventListener('close', () => (app.isClosed = true));
    port1.start();
    ofRelay.postMessage(orderId, [port2]);
    return app;
  }
  return { ofProvider, asked, hand };
}
afterEach(() => {
  for (const port of opened.splice(0)) port.close();
});

describe('a port', () => {
  it('is sent for when its ticket is issued, and goes to the client that redeems the ticket, once', async () => {
    const relay = startRelay();
    const tickets = createTickets(Promise.resolve(own), relay.ofProvider);
    const page = new BroadcastChannel(ticketChannel);
    const order = (orderId: string, more: object = {}) =>
      new Promise<string>((resolve) => {
        page.onmessage = ({ data }) => resolve((data as { ticket: string }).ticket);
        const origin = 'https://blotter.bank.example';
        page.postMessage({ kind: 'order', orderId, origin, client, channel: own, hasPort: true, ...more });
      });
    try {
      const ticket = await order('order-1');
      await until(() => relay.asked.length > 0);
      const app = relay.hand('order-1');
      const redeemed = tickets.redeem(ticket, client);
      const port = await ('lane' in redeemed ? redeemed.lane : undefined);
      const greeted = new Promise((resolve) => (app.port.onmessage = ({ data }) => resolve(data)));
      port!.postMessage('hello');
      expect(await greeted).toBe('hello');
      expect(tickets.redeem(ticket, client)).toEqual({ refused: 'unknown' });

      const stolen = await order('order-2');
      const robbed = relay.hand('order-2');
      expect(tickets.redeem(stolen, { ...client, uuid: 'attacker' })).toMatchObject({ refused: 'foreign' });
      await until(() => robbed.isClosed);

      const without = await order('order-3', { hasPort: false });
      expect(tickets.redeem(without, client)).toEqual({ origin: 'https://blotter.bank.example', lane: undefined });
      expect(relay.asked).toEqual(['order-1', 'order-2']);
      port!.close();
    } finally {
      tickets.close();
      page.close();
    }
  });

  it('is closed when nobody redeems its ticket in time, when nobody expects it, and with the provider', async () => {
    const relay = startRelay();
    const due: (() => void)[] = [];
    const desk = createPortDesk(relay.ofProvider, {
      after: (_milliseconds, work) => {
        due.push(work);
        return () => undefined;
      },
    });
    desk.fetch('late');
    desk.fetch('kept');
    const [late, kept, unexpected] = [relay.hand('late'), relay.hand('kept'), relay.hand('nobody asked')];
    await until(() => unexpected.isClosed);
    due[0]!();
    await until(() => late.isClosed);
    expect(desk.take('late')).toBeUndefined();
    expect(kept.isClosed).toBe(false);
    desk.close();
    await until(() => kept.isClosed);
  });

  it('is not there in a browser without SharedWorker', () => {
    const desk = createPortDesk(undefined);
    desk.fetch('order');
    expect(desk.take('order')).toBeUndefined();
  });
});
