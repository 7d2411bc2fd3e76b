import type { Environment } from './environment.ts';

export type OrgClock = ReturnType<typeof createOrgClock>;

/**
 * The org's time, on a machine whose clock may be wrong by hours. DPoP proofs (RFC 9449, 4.3) and id tokens (OpenID
 * Connect Core 1.0, 3.1.3.7) are checked against time; a token answer's `issued_at` tells what the org's is.
 */
export function createOrgClock({ now, serverTime }: Pick<Environment, 'now' | 'serverTime'>) {
  let aheadMs = 0;
  let learnt = false;
  let measured = false;

  /**
   * The machine may have slept while the answer was on its way: what agrees with some moment of that time is left as it
   * is.
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
    /** Whether anybody has told the time yet: the org, or a server that is likely right. */
    isTrusted: (): boolean => learnt || measured,
    /**
     * Asks a server that is likely right, unless the org itself has told; `again` after a proof was refused for its
     * time.
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
