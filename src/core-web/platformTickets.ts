/**
 * One-time tickets that tie a core-web client to the origin it runs on. Clients choose the random ids by which core-web
 * names them, so only `event.origin` of `postMessage` proves who connects: an app asks the platform page for a ticket,
 * the page records the asking origin and client, and that client presents the ticket when it connects to a channel.
 */
import { clientIdentity } from '../channel/windowMessages.ts';
import { deferred } from '../deferred.ts';
import { inTime } from '../time.ts';
import { z } from '../zod.ts';
import { TicketStore, type TicketClient } from './ticketStore.ts';

export const ticketRequest = z.object({
  type: z.literal('salesforce-interop.platformTicketRequest'),
  requestId: z.string().max(100),
  client: clientIdentity,
});
export const ticketReply = z.discriminatedUnion('ok', [
  z.object({
    type: z.literal('salesforce-interop.platformTicket'),
    requestId: z.string(),
    ok: z.literal(true),
    ticket: z.string(),
  }),
  z.object({
    type: z.literal('salesforce-interop.platformTicket'),
    requestId: z.string(),
    ok: z.literal(false),
    reason: z.string(),
  }),
]);

/** Payload of a channel connection that presents a ticket. */
export const ticketPayload = z.looseObject({ ticket: z.string().min(20).max(100) });

export interface TicketIssuer {
  /** The origin a connection payload's ticket was issued to, if this client was given it; undefined for any other. */
  redeem(payload: unknown, client: TicketClient): string | undefined;
  /** The window that a client has asked from last. */
  windowOf(client: TicketClient): MessageEventSource | undefined;
  close(): void;
}

export interface TicketIssuerOptions {
  /** Decides by origin who gets a ticket. */
  mayJoin: (origin: string) => boolean;
  /**
   * Told when a client presents a ticket that it may not use; `issuedTo`: the origin of the client that it was given
   * to.
   */
  onRefused?: (refused: { client: TicketClient; issuedTo?: string }) => void;
}

/** Windows that are remembered: more than any desktop has open. */
const mostWindows = 500;
/** A uuid has no slash (`clientIdentity` of the guard). */
const keyOf = ({ uuid, name }: TicketClient): string => `${uuid}/${name}`;

/** Answers ticket requests that reach this page. */
export function startTicketIssuer(
  page: Window,
  { mayJoin, onRefused = () => undefined }: TicketIssuerOptions,
): TicketIssuer {
  const store = new TicketStore();
  /** By client, the newest last. */
  const windows = new Map<string, WeakRef<MessageEventSource>>();

  const answer = ({ data, source, origin }: MessageEvent<unknown>) => {
    const request = ticketRequest.safeParse(data);
    if (!request.success || !source) return;
    const reply = { type: 'salesforce-interop.platformTicket' as const, requestId: request.data.requestId };
    const refuse = (reason: string) => source.postMessage({ ...reply, ok: false, reason }, { targetOrigin: origin });
    if (!mayJoin(origin)) return refuse(`${origin} is not in the app directory`);
    const ticket = store.issue(origin, request.data.client);
    if (ticket === undefined) return refuse(`${origin} has asked too often; try again in ten seconds`);
    const key = keyOf(request.data.client);
    windows.delete(key);
    windows.set(key, new WeakRef(source));
    const [oldest] = windows.keys();
    if (windows.size > mostWindows && oldest !== undefined) windows.delete(oldest);
    source.postMessage({ ...reply, ok: true, ticket }, { targetOrigin: origin });
  };
  page.addEventListener('message', answer);

  return {
    redeem(payload, client) {
      const presented = ticketPayload.safeParse(payload);
      const redeemed = presented.success
        ? store.redeem(presented.data.ticket, client)
        : { refused: 'unknown' as const };
      if (redeemed.refused === undefined) return redeemed.origin;
      const issuedTo = 'issuedTo' in redeemed ? redeemed.issuedTo : undefined;
      onRefused({ client: { uuid: client.uuid, name: client.name }, ...(issuedTo !== undefined && { issuedTo }) });
      return undefined;
    },
    windowOf: (client) => windows.get(keyOf(client))?.deref(),
    close: () => page.removeEventListener('message', answer),
  };
}

interface TicketRequestOptions {
  platform: Window;
  platformOrigin: string;
  /** Identity of this page, as the runtime states it: no other client can use the ticket. */
  client: TicketClient;
  timeoutMs: number;
}

/**
 * Asks the platform page for a ticket.
 * @throws Error if the platform page refuses this origin or does not answer in time.
 */
export async function requestTicket(
  page: Window,
  { platform, platformOrigin, client: { uuid, name }, timeoutMs }: TicketRequestOptions,
): Promise<string> {
  const requestId = crypto.randomUUID();
  const { promise, resolve } = deferred<z.output<typeof ticketReply>>();
  const receive = (event: MessageEvent) => {
    if (event.origin !== platformOrigin || event.source !== platform) return;
    const reply = ticketReply.safeParse(event.data);
    if (reply.success && reply.data.requestId === requestId) resolve(reply.data);
  };
  page.addEventListener('message', receive);
  platform.postMessage(
    { type: 'salesforce-interop.platformTicketRequest', requestId, client: { uuid, name } },
    platformOrigin,
  );
  try {
    const reply = await inTime(promise, timeoutMs, () => {
      throw new Error(`The platform page at ${platformOrigin} did not answer within ${timeoutMs} ms.`);
    });
    if (!reply.ok) throw new Error(`The platform refused this app: ${reply.reason}.`);
    return reply.ticket;
  } finally {
    page.removeEventListener('message', receive);
  }
}
