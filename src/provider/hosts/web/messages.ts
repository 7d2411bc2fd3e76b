/** Messages between the pages of the provider's own origin. */
import { channelIdentity, clientIdentity } from '../../../channel/windowMessages.ts';
import { z } from '../../../zod.ts';

export const ticketOrder = z.object({
  kind: z.literal('order'),
  orderId: z.string(),
  origin: z.url(),
  client: clientIdentity,
  /** Whether a port that came with the request waits at the port relay. */
  hasPort: z.boolean().default(false),
  channel: channelIdentity,
});
export const ticketAnswer = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('issued'), orderId: z.string(), ticket: z.string() }),
  z.object({ kind: z.literal('refused'), orderId: z.string(), reason: z.enum(['foreignChannel', 'tooMany']) }),
]);
