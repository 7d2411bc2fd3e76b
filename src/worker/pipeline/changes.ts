import type { FailureCode } from '../../outcomes/failure.ts';
import type { ApiRequest } from './apiRequest.ts';
import type { PipelineAnswer, PipelineRequest, Step } from './step.ts';

interface ChangesOptions {
  /** The org of a session, whatever its instance is called at the moment. */
  orgOf: (sessionId: string) => string;
  now: () => number;
  /** Called before a write is sent and when it has ended: what was read of the org may be wrong from then on. */
  onChange: (org: string) => void;
  /** Called when a write has ended, however. */
  onWritten: (org: string, write: ApiRequest) => void;
}

/**
 * For so many milliseconds after a write whose answer was lost nothing counts as known: the org may still carry it out.
 */
const unsettledMs = 30_000;

/**
 * Knows when what was read of an org may have changed by this desktop: before and after each write of any of its
 * sessions. Reads of the time before are never given to whoever asks afterwards.
 */
export function createChanges({ orgOf, now, onChange, onWritten }: ChangesOptions) {
  const counts = new Map<string, number>();
  const sessions = new Map<string, number>();
  const unsettledUntil = new Map<string, number>();

  function changed(org: string): void {
    counts.set(org, (counts.get(org) ?? 0) + 1);
    onChange(org);
  }

  return {
    /** Another text after each change of the session's org or of the session; undefined while nothing is certain. */
    stateOf(sessionId: string): string | undefined {
      const org = orgOf(sessionId);
      if (now() < (unsettledUntil.get(org) ?? 0)) return undefined;
      return `${counts.get(org) ?? 0}/${sessions.get(sessionId) ?? 0}`;
    },

    /** The session may see more or less from now on. */
    sessionChanged(sessionId: string): void {
      sessions.set(sessionId, (sessions.get(sessionId) ?? 0) + 1);
    },

    /** The step that watches writes, to be next to the org. */
    step(next: Step): Step {
      return async function watched(asked: PipelineRequest): Promise<PipelineAnswer> {
        if (asked.kind.does !== 'write') return next(asked);
        const org = orgOf(asked.sessionId);
        changed(org);
        let answer: PipelineAnswer | undefined;
        try {
          answer = await next(asked);
          return answer;
        } finally {
          if (!isCertain(answer)) unsettledUntil.set(org, now() + unsettledMs);
          changed(org);
          onWritten(org, asked.request);
        }
      };
    },
  };
}

const lost: ReadonlySet<FailureCode> = new Set(['NETWORK_FAILED', 'REQUEST_TIMED_OUT', 'REQUEST_CANCELLED']);

/** Whether it is known what became of a write. */
function isCertain(answer: PipelineAnswer | undefined): boolean {
  return answer !== undefined && (answer.outcome.ok || !lost.has(answer.outcome.error.code));
}
