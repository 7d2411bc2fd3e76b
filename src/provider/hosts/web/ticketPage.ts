import type { ticketOrder} from './messages.ts';
import { issuedTicket, ticketChannel, ticketRequest } from './messages.ts';
import type { z } from '../../../zod.ts';

/**
 * The page an app frames to learn its ticket. The browser vouches for the app's origin in `event.origin`; the ticket
 * goes back to that window and origin only.
 */
const channel = new BroadcastChannel(ticketChannel);

window.addEventListener('message', (event: MessageEvent<unknown>) => {
  const request = ticketRequest.safeParse(event.data);
  if (!request.success || event.source !== window.parent || window.parent === window) return;
  const { origin } = event;
  const orderId = crypto.randomUUID();
  const receive = ({ data }: MessageEvent<unknown>): void => {
    const answer = issuedTicket.safeParse(data);
    if (!answer.success || answer.data.orderId !== orderId) return;
    channel.removeEventListener('message', receive);
    window.parent.postMessage({ type: 'salesforce-interop.ticket', nonce: request.data.nonce, ticket: answer.data.ticket }, origin);
  };
  channel.addEventListener('message', receive);
  channel.postMessage({ kind: 'order', orderId, origin } satisfies z.input<typeof ticketOrder>);
});
