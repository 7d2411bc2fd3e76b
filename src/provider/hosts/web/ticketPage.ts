import type { ticketReply } from '../../../channel/windowMessages.ts';
import { systemTimers } from '../../../time.ts';
import type { z } from '../../../zod.ts';
import type { ticketOrder } from './messages.ts';
import { openPortRelay } from './openPortRelay.ts';
import { readTicketAnswer, readTicketRequest, ticketChannel } from './ticketMessages.ts';

/**
 * A former provider page, whose channel is not the desktop's any more, refuses as well. The current one is given so
 * many milliseconds to answer first.
 */
const refusalGraceMs = 500;
/**
 * Chromium with developer tools or a test attached loses a broadcast that arrives while the receiving page opens a
 * window. The order is therefore repeated after so many milliseconds.
 */
const orderAgainMs = 1_000;

/**
 * The page that an app frames to get its ticket. The browser vouches for the app's origin (`event.origin`). The ticket
 * is sent to that window and origin only, and only if the app has connected to the provider's own channel: otherwise a
 * page that has taken the channel's name could make apps get tickets for it. One page asks for one ticket.
 */
const channel = new BroadcastChannel(ticketChannel);

window.addEventListener('message', function answer(event: MessageEvent<unknown>) {
  const request = readTicketRequest(event.data);
  if (!request || event.source !== window.parent || window.parent === window) return;
  window.removeEventListener('message', answer);
  const { origin } = event;
  const { nonce, client, channel: wanted } = request;
  const orderId = crypto.randomUUID();
  const hasPort = leavePort(orderId, event.ports);
  const reply = (message: z.input<typeof ticketReply>): void => {
    clearInterval(ordering);
    channel.removeEventListener('message', receive);
    window.parent.postMessage(message, origin);
  };
  let callOffRefusal: (() => void) | undefined;
  const receive = ({ data }: MessageEvent<unknown>): void => {
    const answer = readTicketAnswer(data);
    if (answer?.orderId !== orderId) return;
    if (answer.kind === 'refused') {
      const { reason } = answer;
      callOffRefusal ??= systemTimers.after(refusalGraceMs, () =>
        reply({ type: 'salesforce-interop.ticketRefused', nonce, reason }),
      );
      return;
    }
    callOffRefusal?.();
    reply({ type: 'salesforce-interop.ticket', nonce, ticket: answer.ticket });
  };
  channel.addEventListener('message', receive);
  const order = (): void =>
    channel.postMessage({ kind: 'order', orderId, origin, client, hasPort, channel: wanted } satisfies z.input<
      typeof ticketOrder
    >);
  const ordering = setInterval(order, orderAgainMs);
  order();
});

/**
 * Leaves the port that came with a request for the provider, which takes it when it has issued the ticket.
 *
 * @returns false where none came, or where it cannot be handed over
 */
function leavePort(orderId: string, [port]: readonly MessagePort[]): boolean {
  const relay = port && openPortRelay();
  relay?.postMessage(orderId, [port!]);
  return relay !== undefined;
}
