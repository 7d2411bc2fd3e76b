/**
 * Tickets without a ticket page: an app asks the provider's page itself, which is a frame of the desktop's. What an app
 * gets is the same; what it saves is a frame of its own, whose page the browser has to fetch and to start.
 */
import { ticketRequest, type ticketReply } from '../../../channel/windowMessages.ts';
import type { z } from '../../../zod.ts';
import { ticketOrder } from './messages.ts';
import type { Tickets } from './tickets.ts';

/**
 * Which frame of the desktop's page this is. Pages of any origin see how many frames another page has, and each of them
 * by its number (HTML, "CrossOriginGetOwnPropertyHelper": array indices).
 *
 * @returns undefined for a page that is no frame, or a frame within a frame
 */
export function frameOf(page: Pick<Window, 'parent' | 'top'>): number | undefined {
  const { top, parent } = page;
  if (top === null || parent !== top || (top as unknown) === page) return undefined;
  for (let index = 0; index < top.length; index += 1) if ((top[index] as unknown) === page) return index;
  return undefined;
}

/**
 * Answers requests for tickets that reach this page. The browser states the origin of whoever asks
 * (`MessageEvent.origin`), whichever frame it is and whatever it says; the answer goes to that window and origin only.
 * Whether the origin may use the provider is decided when the ticket is redeemed, and said in the audit then.
 *
 * @returns stops answering
 */
export function answerTicketRequests(page: Window, tickets: Pick<Tickets, 'answerTo' | 'keepPort'>): () => void {
  const listener = async ({ data, origin, source, ports: [port] }: MessageEvent<unknown>): Promise<void> => {
    const request = ticketRequest.safeParse(data);
    if (!request.success || !source) return;
    const { nonce, client, channel } = request.data;
    // A page without an origin of its own ("null") makes no order.
    const order = ticketOrder.safeParse({ kind: 'order', orderId: crypto.randomUUID(), origin, client, channel });
    const answer = order.success ? await tickets.answerTo(order.data) : undefined;
    if (answer === undefined) return port?.close();
    const reply: z.input<typeof ticketReply> =
      answer.kind === 'issued'
        ? { type: 'salesforce-interop.ticket', nonce, ticket: answer.ticket }
        : { type: 'salesforce-interop.ticketRefused', nonce, reason: answer.reason };
    if (answer.kind === 'refused') port?.close();
    else if (port) tickets.keepPort(answer.orderId, port);
    source.postMessage(reply, { targetOrigin: origin });
  };
  page.addEventListener('message', listener);
  return () => page.removeEventListener('message', listener);
}
