import type { ticketRequest, ticketReply } from '../channel/windowMessages.ts';
import { delay } from '../time.ts';
import type { z } from '../zod.ts';
import { InitializationError } from './errors.ts';
import { randomId } from './randomId.ts';

type TicketRequest = z.input<typeof ticketRequest>;
type TicketReply = z.input<typeof ticketReply>;

/** The client that the ticket is for, and the channel that it has connected to, both as the runtime names them. */
export type TicketParties = Pick<TicketRequest, 'client' | 'channel'>;

/**
 * Milliseconds after which the ticket page is framed once more, beside the first frame. No browser reports that a frame
 * has failed to load.
 */
const frameAgainMs = 5_000;

/**
 * Fetches a one-time ticket from the provider's ticket page. Where the runtime does not vouch for who connects to a
 * channel, the ticket page learns this page's origin from `MessageEvent.origin`, and the provider ties the ticket to
 * it. A port goes with the request, which becomes the lane of whoever redeems the ticket, where the provider has lanes.
 *
 * @param ticketUrl as told by the provider in its answer to `hello`
 * @param parties this page's client, which alone can use the ticket, and the channel that it has connected to: the
 *   ticket page refuses any but the provider's own
 * @param signal ends the waiting. The caller has to bound it, since a refused frame reports nothing
 * @throws {@link InitializationError} `PROVIDER_UNAVAILABLE` where there is no document, for a URL that is no page, or
 *   when the channel is not the provider's
 */
export async function fetchTicket(
  ticketUrl: string,
  { client, channel }: TicketParties,
  signal: AbortSignal,
): Promise<{ ticket: string; port: MessagePort }> {
  const url = pageUrl(ticketUrl);
  if (typeof document === 'undefined') {
    throw new InitializationError('Call from a page: this provider identifies apps by their page.');
  }
  const nonce = randomId();
  const frames = new Map<HTMLIFrameElement, MessagePort>();
  const over = new AbortController();
  const frameTicketPage = (): void => {
    const frame = document.createElement('iframe');
    const { port1, port2 } = new MessageChannel();
    frames.set(frame, port1);
    frame.addEventListener(
      'load',
      () => {
        frame.contentWindow?.postMessage(
          { type: 'salesforce-interop.ticketRequest', nonce, client, channel } satisfies TicketRequest,
          url.origin,
          [port2],
        );
      },
      { signal: over.signal, once: true },
    );
    frame.style.display = 'none';
    frame.src = url.href;
    (document.body ?? document.documentElement).append(frame);
  };
  const framing = setInterval(frameTicketPage, frameAgainMs);
  try {
    return await new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error), { signal: over.signal });
      window.addEventListener(
        'message',
        ({ source, origin, data }: MessageEvent<unknown>) => {
          const port = [...frames].find(([{ contentWindow }]) => contentWindow === source)?.[1];
          const reply = data as Partial<TicketReply> | null;
          if (origin !== url.origin || !port || reply?.nonce !== nonce) return;
          if (reply.type === 'salesforce-interop.ticketRefused')
            reject(new InitializationError(reply.reason === 'tooMany' ? tooMany : foreignChannelMessage));
          if (reply.type === 'salesforce-interop.ticket' && typeof reply.ticket === 'string')
            resolve({ ticket: reply.ticket, port });
        },
        { signal: over.signal },
      );
      frameTicketPage();
    });
  } finally {
    clearInterval(framing);
    over.abort();
    // Later: a browser takes some milliseconds to remove a frame, for which the app would wait.
    void delay(100).then(() => frames.forEach((_, frame) => frame.remove()));
  }
}

const tooMany = 'This app has asked the Salesforce provider for too many tickets. Try again in ten seconds.';

/** Message for the console and the person. */
export const foreignChannelMessage = "Another app has taken the Salesforce provider's channel. Nothing was sent there.";

/**
 * @throws {@link InitializationError} for anything but a web page: `javascript:` would run in this page's own origin
 */
function pageUrl(ticketUrl: string): URL {
  const url = new URL(ticketUrl);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new InitializationError('The Salesforce provider named a ticket page that is no web page.');
  }
  return url;
}
