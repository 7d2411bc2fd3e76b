import type { ticketAnswer } from './messages.ts';
import { ticketOrder } from './messages.ts';
import { ticketChannel } from './ticketMessages.ts';
import { TicketStore, type TicketClient } from '../../../core-web/ticketStore.ts';
import type { RedeemedTicket } from '../host.ts';
import type { OwnChannel } from '../ownChannel.ts';
import { createPortDesk } from './portDesk.ts';
import type { z } from '../../../zod.ts';

/**
 * Orders that wait at a time: more than a desktop's pages send while their provider starts. Those beyond are sent
 * again.
 */
const mostWaiting = 1_000;

/**
 * Issues one-time tickets on orders of the ticket page, which alone sees which origin asks (`MessageEvent.origin`).
 * BroadcastChannel is same-origin, and only the provider is served on its origin.
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

  channel.onmessage = async ({ data }: MessageEvent<unknown>) => {
    const order = ticketOrder.safeParse(data);
    if (!order.success) return;
    const { orderId, origin, client, hasPort, channel: ordered } = order.data;
    if (waiting.has(orderId) || waiting.size >= mostWaiting) return;
    waiting.add(orderId);
    const own = await ownChannel;
    waiting.delete(orderId);
    if (!isOpen) return;
    const answer = (message: z.input<typeof ticketAnswer>): void => channel.postMessage(message);
    if (ordered.uuid !== own.uuid || ordered.name !== own.name || ordered.channelId !== own.channelId)
      return answer({ kind: 'refused', orderId, reason: 'foreignChannel' });
    const ticket = store.issue(origin, client, orderId);
    if (ticket !== undefined && hasPort) ports.fetch(orderId);
    return answer(
      ticket === undefined ? { kind: 'refused', orderId, reason: 'tooMany' } : { kind: 'issued', orderId, ticket },
    );
  };

  return {
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
