import type { issuedTicket} from './messages.ts';
import { ticketChannel, ticketOrder } from './messages.ts';
import type { z } from '../../../zod.ts';

/** A ticket is fetched right before it is presented. */
const ticketLifetimeMs = 60_000;
const ticketLimit = 1_000;

/**
 * Issues one-time tickets to the ticket page, which alone has seen (`MessageEvent.origin`) who asks. BroadcastChannel is
 * same-origin, and nothing but the provider is served on its origin.
 */
export function createTickets(now: () => number = Date.now) {
  const issued = new Map<string, { origin: string; expiresAt: number }>();
  const channel = new BroadcastChannel(ticketChannel);

  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    const order = ticketOrder.safeParse(data);
    if (!order.success) return;
    for (const [ticket, { expiresAt }] of issued) if (expiresAt < now() || issued.size >= ticketLimit) issued.delete(ticket);
    const ticket = crypto.randomUUID();
    issued.set(ticket, { origin: order.data.origin, expiresAt: now() + ticketLifetimeMs });
    channel.postMessage({ kind: 'issued', orderId: order.data.orderId, ticket } satisfies z.input<typeof issuedTicket>);
  };

  return {
    /** The origin a ticket was issued to; undefined when it is unknown, spent or too old. */
    redeem(ticket: string): string | undefined {
      const found = issued.get(ticket);
      issued.delete(ticket);
      return found && found.expiresAt >= now() ? found.origin : undefined;
    },
  };
}
