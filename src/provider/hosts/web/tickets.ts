import type { ticketAnswer } from './messages.ts';
import { ticketOrder } from './messages.ts';
import { ticketChannel } from './ticketMessages.ts';
import { TicketStore, type TicketClient } from '../../../core-web/ticketStore.ts';
import type { RedeemedTicket } from '../host.ts';
import type { OwnChannel } from '../ownChannel.ts';
import { createPortDesk } from './portDesk.ts';
import type { z } from '../../../zod.ts';

type Order = z.output<typeof ticketOrder>;
type Answer = z.input<typeof ticketAnswer>;

/**
 * Orders that wait at a time: more than a desktop's pages send while their provider starts. Those beyond are sent
 * again.
 */
const mostWaiting = 1_000;

export type Tickets = ReturnType<typeof createTickets>;

/**
 * Issues one-time tickets on orders of whoever sees which origin asks (`MessageEvent.origin`): the ticket page, whose
 * orders come by a BroadcastChannel (same-origin, and only the provider is served on its origin), or the provider's own
 * page.
 *
 * @param ownChannel the channel that the provider itself has created; tickets are issued for no other. Apps may connect
 *   to it before the provider knows its id: their orders wait until then.
 * @param relay where ticket pages leave the ports that came with requests
 */
export function createTickets(
  ownChannel: Promise<OwnChannel>,
  relay: MessagePort | undefined,
  now: () => number = Date.now,
) {
  const ports = createPortDesk(relay);
  const store = new TicketStore(now);
  const channel = new BroadcastChannel(ticketChannel);
  /**
   * Orders that came before the channel's id was known. The ticket page repeats orders that are not answered, so each
   * is kept once.
   */
  const waiting = new Set<string>();
  let isOpen = true;

  /**
   * Issues a ticket, or refuses it.
   *
   * @param order of a page that has learned the origin from the browser
   * @returns undefined when the order waits already, too many do, or the provider has ended meanwhile
   */
  async function answerTo({ orderId, origin, client, channel: ordered }: Order): Promise<Answer | undefined> {
    if (waiting.has(orderId) || waiting.size >= mostWaiting) return undefined;
    waiting.add(orderId);
    const own = await ownChannel;
    waiting.delete(orderId);
    if (!isOpen) return undefined;
    if (ordered.uuid !== own.uuid || ordered.name !== own.name || ordered.channelId !== own.channelId)
      return { kind: 'refused', orderId, reason: 'foreignChannel' };
    const ticket = store.issue(origin, client, orderId);
    return ticket === undefined ? { kind: 'refused', orderId, reason: 'tooMany' } : { kind: 'issued', orderId, ticket };
  }

  channel.onmessage = async ({ data }: MessageEvent<unknown>) => {
    const order = ticketOrder.safeParse(data);
    if (!order.success) return;
    const answer = await answerTo(order.data);
    if (answer === undefined) return;
    if (answer.kind === 'issued' && order.data.hasPort) ports.fetch(answer.orderId);
    channel.postMessage(answer);
  };

  return {
    answerTo,
    /** Keeps a port for whoever redeems the ticket of this order. */
    keepPort: ports.keep,
    redeem(ticket: string, client: TicketClient): RedeemedTicket {
      const { orderId = '', ...redeemed } = store.redeem(ticket, client);
      if (redeemed.refused) {
        ports.drop(orderId);
        return redeemed;
      }
      return { origin: redeemed.origin, lane: ports.take(orderId) };
    },
    close(): void {
      isOpen = false;
      ports.close();
      channel.close();
    },
  };
}
