import type { ticketAnswer } from './messages.ts';
import { ticketChannel, ticketOrder } from './messages.ts';
import type { z } from '../../../zod.ts';

/** A ticket is fetched right before it is presented. */
const ticketLifetimeMs = 60_000;
const ticketLimit = 1_000;

/**
 * Issues one-time tickets to the ticket page, which alone has seen (`MessageEvent.origin`) who asks. BroadcastChannel is
 * same-origin, and nothing but the provider is served on its origin.
 *
 * @param isOwnChannel whether the provider made the channel with this id; no ticket is for any other
 */
export function createTickets(isOwnChannel: (channelId: string) => boolean, now: () => number = Date.now) {
  const issued = new Map<string, { origin: string; expiresAt: number }>();
  const channel = new BroadcastChannel(ticketChannel);

  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    const order = ticketOrder.safeParse(data);
    if (!order.success) return;
    const { orderId, origin, channelId } = order.data;
    const answer = (message: z.input<typeof ticketAnswer>): void => channel.postMessage(message);
    if (!isOwnChannel(channelId)) return answer({ kind: 'refused', orderId });
    for (const [ticket, { expiresAt }] of issued) if (expiresAt < now() || issued.size >= ticketLimit) issued.delete(ticket);
    const ticket = crypto.randomUUID();
    issued.set(ticket, { origin, expiresAt: now() + ticketLifetimeMs });
    answer({ kind: 'issued', orderId, ticket });
  };

  return {
    /** The origin a ticket was issued to; undefined when it is unknown, spent or too old. */
    redeem(ticket: string): string | undefined {
      const found = issued.get(ticket);
      issued.delete(ticket);
      return found && found.expiresAt >= now() ? found.origin : undefined;
    },
    close: (): void => channel.close(),
  };
}
