import type { Failure } from '../outcomes/failure.ts';
import { nextPauseMs } from '../time.ts';
import type { Environment } from './environment.ts';

type Failed = { ok: false; error: Failure };

const firstMs = 1_000;
/** The network may be back at any moment; an org that refuses is asked less and less often. */
const longestForNetworkMs = 30_000;
const longestForOrgMs = 300_000;
/** An org that names a longer time is asked again all the same: it may have meant somebody else. */
const longestToldMs = 900_000;

/**
 * For so long and so often an org may refuse, in words that do not end the session, before a person is asked to sign
 * in.
 */
const patienceMs = 600_000;
const fewestRefusals = 4;

/**
 * The pauses between renewals that did not come about, longer each time; no shorter than the org wants (`Retry-After`).
 */
export function createRenewalPause({ now }: Pick<Environment, 'now'>) {
  let pause: { until: number; lengthMs: number; failed: Failed } | undefined;
  let refusals = 0;
  let refusedSince = 0;

  function withRetry({ error }: Failed, retryAfterMs: number): Failed {
    const data = { ...(error.data as Record<string, unknown> | undefined), retryAfterMs };
    return { ok: false, error: { ...error, data } };
  }

  return {
    /** Why nobody may renew now, with the time until somebody may. */
    standing(): Failed | undefined {
      return pause && pause.until > now() ? withRetry(pause.failed, pause.until - now()) : undefined;
    },

    /**
     * After a renewal failed. The first new try may come at once, as it does when a person presses the button again.
     */
    begin(failed: Failed): Failed {
      const isRefusal = failed.error.reason?.startsWith('refresh.') ?? false;
      if (isRefusal && (refusals += 1) === 1) refusedSince = now();
      const longestMs = isRefusal ? longestForOrgMs : longestForNetworkMs;
      const ownMs = pause ? nextPauseMs(pause.lengthMs, { firstMs, longestMs }) : 0;
      const lengthMs = Math.max(ownMs, Math.min(toldMs(failed), longestToldMs));
      pause = { until: now() + lengthMs, lengthMs, failed };
      return withRetry(failed, lengthMs);
    },

    /** Something has changed: the next try may come at once. It is no reason to begin with short pauses again. */
    skip(): void {
      if (pause) pause.until = 0;
    },

    /** A renewal has come about. */
    end(): void {
      pause = undefined;
      refusals = 0;
    },

    /**
     * Whether the org has gone on refusing for longer than anybody should wait. A night's sleep between two refusals is
     * no such time.
     */
    isLong: (): boolean => refusals >= fewestRefusals && now() - refusedSince >= patienceMs,
  };
}

function toldMs({ error }: Failed): number {
  const { retryAfterMs } = (error.data ?? {}) as { retryAfterMs?: unknown };
  return typeof retryAfterMs === 'number' ? retryAfterMs : 0;
}
