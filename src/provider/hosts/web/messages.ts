/** What the pages of the provider's own origin say to each other, and to the page that frames them. */
import { z } from '../../../zod.ts';

/** The ticket page asks the provider for tickets on this BroadcastChannel. */
export const ticketChannel = 'salesforce-interop.tickets';

const identifier = z.string().min(1).max(200);
const client = z.object({ uuid: identifier, name: identifier });
const channel = client.extend({ channelId: identifier });

export const ticketOrder = z.object({ kind: z.literal('order'), orderId: z.string(), origin: z.url(), client, channel });
export const ticketAnswer = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('issued'), orderId: z.string(), ticket: z.string() }),
  z.object({ kind: z.literal('refused'), orderId: z.string(), reason: z.enum(['foreignChannel', 'tooMany']) }),
]);

/**
 * From an app's frame or window to the ticket page it has framed. `client`: who the runtime says that the app is; `channel`:
 * whose channel it has connected to under the provider's name, and the runtime's own id of that channel.
 */
export const ticketRequest = z.object({ type: z.literal('salesforce-interop.ticketRequest'), nonce: identifier, client, channel });
