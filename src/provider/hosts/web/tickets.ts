import type { ticketAnswer } from './messages.ts';
import { ticketChannel, ticketOrder } from './messages.ts';
import { TicketDrawer, type Redeemed, type TicketClient } from '../../../core-web/ticketDrawer.ts';
import type { z } from '../../../zod.ts';

type OrderedChannel = z.output<typeof ticketOrder>['channel'];

/**
 * Issues one-time tickets to the ticket page, which alone has seen (`MessageEvent.origin`) who asks. BroadcastChannel is
 * same-origin, and nothing but the provider is served on its origin.
 *
 * @param isOwnChannel whether the provider itself has made this channel; no ticket is for any other
 */
export function createTickets(isOwnChannel: (channel: OrderedChannel) => boolean, now: () => number = Date.now) {
  const drawer = new TicketDrawer(now);
  const channel = new BroadcastChannel(ticketChannel);

  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    const order = ticketOrder.safeParse(data);
    if (!order.success) return;
    const { orderId, origin, client, channel: ordered } = order.data;
    const answer = (message: z.input<typeof ticketAnswer>): void => channel.postMessage(message);
    if (!isOwnChannel(ordered)) return answer({ kind: 'refused', orderId, reason: 'foreignChannel' });
    const ticket = drawer.issue(origin, client);
    return answer(ticket === undefined ? { kind: 'refused', orderId, reason: 'tooMany' } : { kind: 'issued', orderId, ticket });
  };

  return {
    redeem: (ticket: string, client: TicketClient): Redeemed => drawer.redeem(ticket, client),
    close: (): void => channel.close(),
  };
}
