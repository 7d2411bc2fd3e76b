import { createHmac, randomBytes } from 'node:crypto';

const slotMs = 5 * 60 * 1000;

/** The org's DPoP nonces (RFC 9449 §8): good for their five minutes and the next five, by the org's clock. */
export class DpopNonces {
  readonly #key = randomBytes(32);
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** The nonce clients should use now. */
  current(): string {
    return this.#of(this.#slot());
  }

  accepts(nonce: string): boolean {
    return nonce === this.current() || nonce === this.#of(this.#slot() - 1);
  }

  #slot(): number {
    return Math.floor(this.#now() / slotMs);
  }

  #of(slot: number): string {
    return createHmac('sha256', this.#key).update(String(slot)).digest('base64url');
  }
}
