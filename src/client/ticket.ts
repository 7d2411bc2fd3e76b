import type { ticketRequest, ticketReply } from '../channel/windowMessages.ts';
import { delay } from '../time.ts';
import type { z } from '../zod.ts';
import { until } from './call.ts';
import { InitializationError } from './errors.ts';
import { randomId } from './randomId.ts';

type TicketRequest = z.input<typeof ticketRequest>;
type TicketReply = z.input<typeof ticketReply>;

/** The client that the ticket is for, and the channel that it has connected to, both as the runtime names them. */
export type TicketParties = Pick<TicketRequest, 'client' | 'channel'>;

/**
 * Milliseconds after which a ticket page is framed, once more or for the first time. No browser reports that a frame
 * has failed to load.
 */
const frameAgainMs = 5_000;

/**
 * Fetches a one-time ticket from the provider. Where the runtime does not vouch for who connects to a channel, a page
 * of the provider's origin learns this page's from `MessageEvent.origin`, and the provider ties the ticket to it. That
 * page is the provider's own, where it is a frame of the desktop that this page can reach, and else the ticket
 * page in a frame of this page. A port goes with the request, which becomes the lane of whoever redeems the ticket,
 * where the provider has lanes.
 *
 * @param ticketUrl as told by the provider in its answer to `hello`
 * @param position of the provider's page among the frames of the desktop's, from there too, unchecked
 * @param parties this page's client, which alone can use the ticket, and the channel that it has connected to: the
 *   provider refuses any but its own
 * @param signal ends the waiting. The caller has to bound it, since a refused frame reports nothing
 * @throws {@link InitializationError} `PROVIDER_UNAVAILABLE` where there is no document, for a URL that is no page, or
 *   when the channel is not the provider's
 */
export async function fetchTicket(
  ticketUrl: string,
  position: unknown,
  parties: TicketParties,
  signal: AbortSignal,
): Promise<{ ticket: string; port: MessagePort }> {
  const { origin: providerOrigin, href } = new URL(ticketUrl);
  // `javascript:` would run in this page's own origin.
  if (!/^https?:/.test(href)) {
    throw new InitializationError('The Salesforce provider named no web page as its ticket page.');
  }
  if (typeof document === 'undefined') {
    throw new InitializationError('Call from a page: this provider identifies apps by their page.');
  }
  const nonce = randomId();
  const asked = new Map<MessageEventSource | null, MessagePort>();
  const frames: HTMLIFrameElement[] = [];
  /** The browser delivers the request to a page of the provider's origin, or to nobody. */
  const ask = (page: Window): void => {
    const { port1, port2 } = new MessageChannel();
    asked.set(page, port1);
    page.postMessage(
      { type: 'salesforce-interop.ticketRequest', nonce, ...parties } satisfies TicketRequest,
      providerOrigin,
      [port2],
    );
  };
  const frameTicketPage = (): void => {
    const frame = document.createElement('iframe');
    frames.push(frame);
    frame.onload = () => ask(frame.contentWindow!);
    frame.style.display = 'none';
    frame.src = href;
    (document.body ?? document.documentElement).append(frame);
  };
  const framing = setInterval(frameTicketPage, frameAgainMs);
  let hear: ((event: MessageEvent<unknown>) => void) | undefined;
  try {
    return await until(
      new Promise((resolve, reject) => {
        hear = ({ source, origin, data }) => {
          const port = asked.get(source);
          const reply = data as Partial<TicketReply> | null;
          if (origin !== providerOrigin || !port || reply?.nonce !== nonce) return;
          if (reply.type === 'salesforce-interop.ticket') resolve({ ticket: reply.ticket!, port });
          if (reply.type === 'salesforce-interop.ticketRefused')
            reject(new InitializationError(reply.reason === 'tooMany' ? tooMany : foreignChannelMessage));
        };
        window.addEventListener('message', hear);
        try {
          // The desktop's page frames all others: it is on top of this page, or of the one that has opened it.
          ask(((window.opener as Window | null) ?? window).top![position as number]!);
        } catch {
          // There is no such frame: a browser says so of pages of other origins by an error.
          frameTicketPage();
        }
      }),
      signal,
    );
  } finally {
    clearInterval(framing);
    window.removeEventListener('message', hear!);
    for (const frame of frames) {
      frame.onload = null;
      // Later: a browser takes some milliseconds to remove a frame, for which the app would wait.
      void delay(100).then(() => frame.remove());
    }
  }
}

const tooMany = 'This app has asked for too many tickets. Try again in ten seconds.';

/** Message for the console and the person. */
export const foreignChannelMessage = "Another app has taken the Salesforce provider's channel. Nothing was sent there.";
