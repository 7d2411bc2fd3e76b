import type { ticketAnswer } from './messages.ts';
import { ticketChannel, ticketOrder } from './messages.ts';
import { TicketDrawer, type Redeemed, type TicketClient } from '../../../core-web/ticketDrawer.ts';
import type { z } from '../../../zod.ts';

/** Whose channel it is, and the runtime's own id of it. */
export type OwnChannel = z.output<typeof ticketOrder>['channel'];

/** More than the pages of a desktop order while their provider starts; the rest order again. */
const mostWaiting = 1_000;

/**
 * Issues one-time tickets to the ticket page, which alone has seen (`MessageEvent.origin`) who asks. BroadcastChannel
 * is same-origin, and nothing but the provider is served on its origin.
 *
 * @param ownChannel the channel that the provider itself has made; no ticket is for any other. Apps may connect to it
 *   before the provider has been told its id: their orders wait until then.
 */
export function createTickets(ownChannel: Promise<OwnChannel>, now: () => number = Date.now) {
  const drawer = new TicketDrawer(now);
  const channel = new BroadcastChannel(ticketChannel);
  /** Orders that came before the channel's id was known. The ticket page repeats what is not answered. */
  const waiting = new Set<string>();
  let isOpen = true;

  channel.onmessage = async ({ data }: MessageEvent<unknown>) => {
    const order = ticketOrder.safeParse(data);
    if (!order.success) return;
    const { orderId, origin, client, channel: ordered } = order.data;
    if (waiting.has(orderId) || waiting.size >= mostWaiting) return;
    waiting.add(orderId);
    const own = await ownChannel;
    waiting.delete(orderId);
    if (!isOpen) return;
    const answer = (message: z.input<typeof ticketAnswer>): void => channel.postMessage(message);
    if (ordered.uuid !== own.uuid || ordered.name !== own.name || ordered.channelId !== own.channelId)
      return answer({ kind: 'refused', orderId, reason: 'foreignChannel' });
    const ticket = drawer.issue(origin, client);
    return answer(
      ticket === undefined ? { kind: 'refused', orderId, reason: 'tooMany' } : { kind: 'issued', orderId, ticket },
    );
  };

  return {
    redeem: (ticket: string, client: TicketClient): Redeemed => drawer.redeem(ticket, client),
    close(): void {
      isOpen = false;
      channel.close();
    },
  };
}
