/**
 * One-time tickets that tie a core-web client to the origin it runs on. core-web names its clients by random ids it
 * lets them choose, so only `postMessage`'s `event.origin` vouches for who connects: an app asks the platform page for
 * a ticket, the page notes the asking origin, and the app presents the ticket when it connects a channel.
 */
import { z } from '../zod.ts';

export const ticketRequest = z.object({ type: z.literal('salesforce-interop.platformTicketRequest'), requestId: z.string().max(100) });
export const ticketReply = z.discriminatedUnion('ok', [
  z.object({ type: z.literal('salesforce-interop.platformTicket'), requestId: z.string(), ok: z.literal(true), ticket: z.string() }),
  z.object({ type: z.literal('salesforce-interop.platformTicket'), requestId: z.string(), ok: z.literal(false), reason: z.string() }),
]);

/** Payload of a channel connection that presents a ticket. */
export const ticketPayload = z.looseObject({ ticket: z.string().min(20).max(100) });

/** A ticket is for the connection made right after it; an app that takes longer asks for another. */
const ticketLifetimeMs = 30_000;
/** Unused tickets one page keeps, so that a misbehaving app cannot fill its memory. */
const unusedTicketLimit = 200;

export interface TicketOffice {
  /** Issues a ticket to the platform page itself. */
  issue(origin: string): string;
  /** The origin a connection payload's ticket was issued to; undefined if it is unknown, used or too old. */
  redeem(payload: unknown): string | undefined;
  close(): void;
}

/**
 * Answers ticket requests that reach this page.
 * @param mayJoin decides by origin who gets a ticket.
 */
export function openTicketOffice(page: Window, mayJoin: (origin: string) => boolean): TicketOffice {
  const unused = new Map<string, { origin: string; expires: number }>();

  function issue(origin: string): string {
    const now = Date.now();
    for (const [ticket, { expires }] of unused) if (expires < now || unused.size >= unusedTicketLimit) unused.delete(ticket);
    const ticket = crypto.randomUUID();
    unused.set(ticket, { origin, expires: now + ticketLifetimeMs });
    return ticket;
  }

  const answer = (event: MessageEvent) => {
    const request = ticketRequest.safeParse(event.data);
    if (!request.success || !event.source) return;
    const reply = { type: 'salesforce-interop.platformTicket' as const, requestId: request.data.requestId };
    const target = { targetOrigin: event.origin };
    if (mayJoin(event.origin)) event.source.postMessage({ ...reply, ok: true, ticket: issue(event.origin) }, target);
    else event.source.postMessage({ ...reply, ok: false, reason: `${event.origin} is not in the app directory` }, target);
  };
  page.addEventListener('message', answer);

  return {
    issue,
    redeem(payload) {
      const presented = ticketPayload.safeParse(payload);
      if (!presented.success) return undefined;
      const found = unused.get(presented.data.ticket);
      unused.delete(presented.data.ticket);
      return found && found.expires >= Date.now() ? found.origin : undefined;
    },
    close: () => page.removeEventListener('message', answer),
  };
}

/**
 * Asks the platform page for a ticket.
 * @throws Error if the platform page refuses this origin or does not answer in time.
 */
export function requestTicket(page: Window, platform: Window, platformOrigin: string, timeoutMs: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const requestId = crypto.randomUUID();
    const finish = (settle: () => void) => {
      clearTimeout(timer);
      page.removeEventListener('message', receive);
      settle();
    };
    const receive = (event: MessageEvent) => {
      if (event.origin !== platformOrigin || event.source !== platform) return;
      const reply = ticketReply.safeParse(event.data);
      if (!reply.success || reply.data.requestId !== requestId) return;
      const answer = reply.data;
      finish(() => (answer.ok ? resolve(answer.ticket) : reject(new Error(`The platform refused this app: ${answer.reason}.`))));
    };
    const timer = setTimeout(
      () => finish(() => reject(new Error(`The platform page at ${platformOrigin} did not answer within ${timeoutMs} ms.`))),
      timeoutMs,
    );
    page.addEventListener('message', receive);
    platform.postMessage({ type: 'salesforce-interop.platformTicketRequest', requestId }, platformOrigin);
  });
}
