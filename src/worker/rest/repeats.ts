import { decide, type Evidence } from '../../outcomes/outcomes.ts';

/** Pause before a request is sent again, for an org that was away for a moment; twice as long the next time. */
const firstPauseMs = 300;
/** Longest pause before a repetition. If an org asks for more, the request is not repeated. */
const longestPauseMs = 5_000;

/**
 * Milliseconds after which a request is sent again that may be; undefined if that would not help, by the table of
 * outcomes. Spread at random, so that many desktops do not come back at the same moment.
 *
 * @param repeats how often it has been sent again already
 * @param retryAfterMs the pause that the org asks for, where it names one (RFC 9110, 10.2.3): never less
 */
export function pauseBeforeRepeat(
  repeats: number,
  evidence: Evidence | undefined,
  retryAfterMs?: number,
): number | undefined {
  if (!evidence || decide(evidence).retry !== 'nowIfRead') return undefined;
  if (retryAfterMs !== undefined)
    return retryAfterMs > longestPauseMs ? undefined : retryAfterMs * (1 + Math.random() / 10);
  return firstPauseMs * 2 ** repeats * (0.5 + Math.random());
}
