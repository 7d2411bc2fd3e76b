import type { Environment } from './environment.ts';

export type OrgClock = ReturnType<typeof createOrgClock>;

/**
 * The org's time, on a machine whose clock may be wrong by hours. DPoP proofs (RFC 9449, 4.3) and id tokens (OpenID
 * Connect Core 1.0, 3.1.3.7) are checked against the time; `issued_at` of a token answer tells the org's.
 */
export function createOrgClock({ now, serverTime }: Pick<Environment, 'now' | 'serverTime'>) {
  let aheadMs = 0;
  let learnt = false;
  let measured = false;

  /**
   * Corrects the clock. The machine may have slept while the answer was under way, so a time within that span changes
   * nothing.
   */
  function correct(orgTime: number, askedAt: number): void {
    const [least, most] = [orgTime - now(), orgTime - askedAt];
    aheadMs = Math.max(least, Math.min(aheadMs, most));
  }

  return {
    /** Seconds by which the org's clock is ahead of the one that the OAuth library reads. */
    skewSeconds: (): number => Math.round((now() + aheadMs - Date.now()) / 1000),
    now,
    /** The org's time in whole seconds since 1970. */
    seconds: (): number => Math.floor((now() + aheadMs) / 1000),
    /**
     * @param issuedAt `issued_at` of a token answer: milliseconds since 1970, as Salesforce writes it.
     * @param askedAt When the request was sent, by the clock of this machine.
     */
    learn(issuedAt: string | undefined, askedAt: number): void {
      const milliseconds = Number(issuedAt);
      if (!issuedAt || !Number.isFinite(milliseconds)) return;
      learnt = true;
      correct(milliseconds, askedAt);
    },
    /** Whether the time is known: from the org, or from a server whose clock is probably right. */
    isTrusted: (): boolean => learnt || measured,
    /**
     * Asks a server whose clock is probably right, unless the org itself has told the time. `again`: even then, after a
     * proof was refused for its time.
     */
    async measure({ again = false } = {}): Promise<void> {
      if (learnt && !again) return;
      const askedAt = now();
      const time = await serverTime();
      if (time === undefined) return;
      measured = true;
      correct(time, askedAt);
    },
  };
}
