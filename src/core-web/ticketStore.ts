/**
 * One-time tickets that were issued and not yet redeemed. The provider and the platform page each have such a store.
 */

/**
 * Identity of a client, as the runtime states it. The client's page chooses it; the guard of the broker page lets only
 * one open page have it at a time.
 */
export interface TicketClient {
  uuid: string;
  name: string;
}

/** `foreign`: the ticket was issued to another client; it is spent all the same. */
export type Redeemed =
  | { origin: string; orderId?: string | undefined; refused?: undefined }
  | { origin?: undefined; orderId?: string | undefined; refused: 'unknown' | 'foreign'; issuedTo?: string };

/** A ticket is for a connection made at once; a client that takes longer asks for another. */
export const ticketLifetimeMs = 60_000;
/**
 * Unused tickets that one origin may have: a page needs one for each connection, and several pages of an app may start
 * at once.
 */
const unusedOfOrigin = 20;
/** Tickets that one origin gets in any ten seconds. */
const perTenSeconds = 300;

interface Issued extends TicketClient {
  origin: string;
  orderId: string | undefined;
  expiresAt: number;
}

export class TicketStore {
  readonly #now: () => number;
  readonly #issued = new Map<string, Issued>();
  readonly #lately = new Map<string, number[]>();

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /**
   * Issues a ticket that only this client can redeem. An origin with too many unused tickets loses its own oldest ones.
   *
   * @param orderId the order that it is issued on, which redeeming it tells
   * @returns undefined when the origin has had too many lately.
   */
  issue(origin: string, { uuid, name }: TicketClient, orderId?: string): string | undefined {
    const now = this.#now();
    for (const [asked, times] of this.#lately) if (now - times.at(-1)! >= 10_000) this.#lately.delete(asked);
    const lately = (this.#lately.get(origin) ?? []).filter((at) => now - at < 10_000);
    this.#lately.set(origin, lately);
    if (lately.length >= perTenSeconds) return undefined;
    lately.push(now);
    const own: string[] = [];
    for (const [ticket, issued] of this.#issued) {
      if (issued.expiresAt < now) this.#issued.delete(ticket);
      else if (issued.origin === origin) own.push(ticket);
    }
    for (const ticket of own.slice(0, Math.max(0, own.length - unusedOfOrigin + 1))) this.#issued.delete(ticket);
    const ticket = crypto.randomUUID();
    this.#issued.set(ticket, { origin, uuid, name, orderId, expiresAt: now + ticketLifetimeMs });
    return ticket;
  }

  /** The origin that the ticket was issued to. The ticket is spent, whichever client presents it. */
  redeem(ticket: string, { uuid, name }: TicketClient): Redeemed {
    const issued = this.#issued.get(ticket);
    this.#issued.delete(ticket);
    if (!issued || issued.expiresAt < this.#now()) return { refused: 'unknown' };
    if (issued.uuid !== uuid || issued.name !== name)
      return { refused: 'foreign', issuedTo: issued.origin, orderId: issued.orderId };
    return { origin: issued.origin, orderId: issued.orderId };
  }
}
