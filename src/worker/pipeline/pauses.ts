import type { Failure } from '../../outcomes/failure.ts';
import { outcomeFailure } from '../../outcomes/outcomes.ts';
import type { PipelineAnswer, Step } from './step.ts';

interface PausesOptions {
  orgOf: (sessionId: string) => string;
  now: () => number;
  delay: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** The first pause where the org names none; twice as long each time that it goes on refusing. */
const firstPauseMs = 1_000;
const longestPauseMs = 60_000;
/** Requests wait no longer than this; a longer pause is told to them instead. */
const longestWaitMs = 10_000;

interface Pause {
  until: number;
  lastMs: number;
}

/**
 * Leaves an org alone that says so: that its requests are used up (`REQUEST_LIMIT_EXCEEDED`), or that it is not
 * available (429, 503 with `Retry-After`; RFC 9110, 10.2.3). Requests wait meanwhile, or fail with when it ends.
 */
export function createPauses({ orgOf, now, delay }: PausesOptions) {
  const pauses = new Map<string, Pause>();

  function learn(org: string, { outcome, retryAfterMs }: PipelineAnswer): void {
    if (outcome.ok) pauses.delete(org);
    else if (isRefusedForLoad(outcome.error) || retryAfterMs !== undefined) {
      const { until = 0, lastMs = 0 } = pauses.get(org) ?? {};
      // Of several that were under way together, one counts.
      if (now() < until) return;
      const pauseMs = retryAfterMs ?? Math.min(longestPauseMs, Math.max(firstPauseMs, lastMs * 2));
      pauses.set(org, { until: now() + pauseMs, lastMs: pauseMs });
    }
  }

  /** When the pause of an org ends, if there is one. */
  function pausedUntil(org: string): number | undefined {
    const until = pauses.get(org)?.until;
    return until !== undefined && now() < until ? until : undefined;
  }

  return {
    pausedUntil,

    step(next: Step): Step {
      return async function afterPause(asked) {
        const org = orgOf(asked.sessionId);
        for (let until = pausedUntil(org); until !== undefined; until = pausedUntil(org)) {
          if (until - now() > longestWaitMs) {
            const outcome = outcomeFailure(
              { stage: 'request', refused: 'paused' },
              { data: { until: new Date(until).toISOString() } },
            );
            return { outcome, served: 'org', size: 0 };
          }
          await delay(until - now(), asked.signal);
          asked.signal.throwIfAborted();
        }
        const answer = await next(asked);
        learn(org, answer);
        return answer;
      };
    },
  };
}

function isRefusedForLoad({ reason }: Failure): boolean {
  return reason === 'request.limitExceeded' || reason === 'request.tooManyRequests';
}
