/** Remembers the proofs that were used while they could still be replayed (RFC 9449 §11.1). */
export class DpopReplays {
  readonly #usedUntil = new Map<string, number>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** @returns False when this proof was used before. @param until Org clock, when the proof is too old anyway. */
  use(thumbprint: string, jti: string, until: number): boolean {
    const now = this.#now();
    for (const [key, end] of this.#usedUntil) {
      // Proofs arrive about in the order in which they end.
      if (end > now) break;
      this.#usedUntil.delete(key);
    }
    const key = `${thumbprint} ${jti}`;
    if ((this.#usedUntil.get(key) ?? 0) > now) return false;
    this.#usedUntil.delete(key);
    this.#usedUntil.set(key, until);
    return true;
  }
}
