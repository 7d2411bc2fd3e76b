import type { Failure } from '../outcomes/failure.ts';
import { nextPauseMs } from '../time.ts';
import type { Environment } from './environment.ts';

type Failed = { ok: false; error: Failure };

const firstMs = 1_000;
/** Longest pauses. The network may come back at any moment, so it is tried more often than an org that refuses. */
const longestForNetworkMs = 30_000;
const longestForOrgMs = 300_000;
/**
 * Longest pause that an org may ask for. It is tried again after that, as the longer time may not have been meant for
 * this renewal.
 */
const longestToldMs = 900_000;

/** How long, and how often, an org may refuse without ending the session before the person is asked to sign in. */
const patienceMs = 600_000;
const fewestRefusals = 4;

/** Pauses between failed renewals. They grow, and are no shorter than the org asks for (`Retry-After`). */
export function createRenewalPause({ now }: Pick<Environment, 'now'>) {
  let pause: { until: number; lengthMs: number; failed: Failed } | undefined;
  let refusals = 0;
  let refusedSince = 0;

  function withRetry({ error }: Failed, retryAfterMs: number): Failed {
    const data = { ...(error.data as Record<string, unknown> | undefined), retryAfterMs };
    return { ok: false, error: { ...error, data } };
  }

  return {
    /** The failure that the pause is for, with the remaining time; undefined when a renewal may be tried. */
    standing(): Failed | undefined {
      return pause && pause.until > now() ? withRetry(pause.failed, pause.until - now()) : undefined;
    },

    /**
     * Begins a pause after a failed renewal. The first repetition may come at once, as when a person presses the button
     * again.
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

    /** Ends the pause, as something has changed. Later pauses are as long as before. */
    skip(): void {
      if (pause) pause.until = 0;
    },

    /** To be called when a renewal has succeeded. */
    end(): void {
      pause = undefined;
      refusals = 0;
    },

    /**
     * Whether the org has refused for longer than a person should wait. Counts refusals too, as a night's sleep between
     * two of them is a long time but no long refusal.
     */
    isLong: (): boolean => refusals >= fewestRefusals && now() - refusedSince >= patienceMs,
  };
}

function toldMs({ error }: Failed): number {
  const { retryAfterMs } = (error.data ?? {}) as { retryAfterMs?: unknown };
  return typeof retryAfterMs === 'number' ? retryAfterMs : 0;
}
