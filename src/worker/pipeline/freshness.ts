import { LRUCache } from 'lru-cache';
import type { createChanges } from './changes.ts';
import type { ReadOf } from './requestKind.ts';
import type { PipelineAnswer, PipelineRequest, Step } from './step.ts';
import { fieldsRead, isAsIn, type ConfirmedRow, type FieldsRead } from './watchedCopies.ts';

/** For how many milliseconds copies are given to whoever says nothing of it. */
export interface FreshForMs {
  records: number;
  queries: number;
  describes: number;
}

interface FreshnessOptions {
  freshForMs: FreshForMs;
  mostBytes: number;
  stateOf: ReturnType<typeof createChanges>['stateOf'];
  now: () => number;
  /**
   * These fields of a record as the org has confirmed them last, where somebody in the session is subscribed to them,
   * looks, and is told of changes without delay.
   */
  confirmedRow: (sessionId: string, read: FieldsRead) => ConfirmedRow | undefined;
}

interface Copy {
  answer: PipelineAnswer;
  askedAt: number;
  state: string;
  sessionId: string;
}

/** What an entry needs besides its body. */
const entryBytes = 500;

/** Copies of answers, for as long as their reader takes them for fresh. Each session has its own. */
export function createFreshness({ freshForMs, mostBytes, stateOf, now, confirmedRow }: FreshnessOptions) {
  const copies = new LRUCache<string, Copy>({
    maxSize: mostBytes,
    sizeCalculation: ({ answer }, key) => answer.size + key.length * 2 + entryBytes,
  });
  const { records, queries, describes } = freshForMs;
  const freshFor: Record<ReadOf, number> = {
    row: records,
    uiRecord: records,
    uiApi: records,
    query: queries,
    describe: describes,
    other: 0,
  };

  return {
    step(next: Step): Step {
      return async function fresh(asked) {
        const { kind, sessionId } = asked;
        const state = stateOf(sessionId);
        if (kind.does !== 'read' || state === undefined) return next(asked);
        const key = `${sessionId} ${kind.key}`;
        const copy = copies.get(key);
        const isGood =
          copy?.state === state &&
          (isFresh(copy.askedAt, asked.maxAgeMs ?? freshFor[kind.of]) || isWatched(copy, asked));
        if (isGood) return { ...copy.answer, served: 'fresh' };
        const askedAt = now();
        const answer = await next(asked);
        // One that was shared is kept by whoever asked first, with the time of then.
        if (answer.served !== 'shared' && mayBeKept(answer) && stateOf(sessionId) === state)
          copies.set(key, { answer, askedAt, state, sessionId });
        return answer;
      };
    },

    /** Drops the copies of sessions. */
    forget(isMeant: (sessionId: string) => boolean): void {
      for (const [key, { sessionId }] of [...copies.entries()]) if (isMeant(sessionId)) copies.delete(key);
    },
  };

  function isFresh(asOf: number, maxAgeMs: number): boolean {
    const age = now() - asOf;
    // Age is negative when the clock was set back.
    return maxAgeMs > 0 && age >= 0 && age <= maxAgeMs;
  }

  /** A copy that says just what the org has told a subscription is as fresh as what that was told. */
  function isWatched({ answer }: Copy, { kind, sessionId, maxAgeMs }: PipelineRequest): boolean {
    if (kind.does !== 'read' || kind.of !== 'row' || (maxAgeMs ?? freshFor.row) === 0) return false;
    const read = fieldsRead(kind.path);
    const confirmed = read && confirmedRow(sessionId, read);
    return confirmed !== undefined && isFresh(confirmed.asOf, maxAgeMs ?? Infinity) && isAsIn(confirmed, answer, read!);
  }
}

/** Only what the org has answered well, as JSON: bytes are handed on and may be large. */
function mayBeKept({ outcome }: PipelineAnswer): boolean {
  return outcome.ok && outcome.data.status === 200 && /^json/.test(outcome.data.body?.kind ?? '');
}
