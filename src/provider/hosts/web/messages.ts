/** What the pages of the provider's own origin say to each other, and to the page that frames them. */
import { z } from '../../../zod.ts';

/** The ticket page asks the provider for tickets on this BroadcastChannel. */
export const ticketChannel = 'salesforce-interop.tickets';

export const ticketOrder = z.object({ kind: z.literal('order'), orderId: z.string(), origin: z.url(), channelId: z.string() });
export const ticketAnswer = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('issued'), orderId: z.string(), ticket: z.string() }),
  z.object({ kind: z.literal('refused'), orderId: z.string() }),
]);

/**
 * From an app's frame or window to the ticket page it has framed. `channelId`: which channel, by the runtime's own id of
 * it, the app has connected to under the provider's name.
 */
export const ticketRequest = z.object({
  type: z.literal('salesforce-interop.ticketRequest'), nonce: z.string().min(1).max(200), channelId: z.string().min(1).max(200),
});
