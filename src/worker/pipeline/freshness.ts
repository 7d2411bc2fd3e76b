import { LRUCache } from 'lru-cache';
import type { createChanges } from './changes.ts';
import type { ReadOf } from './requestKind.ts';
import type { PipelineAnswer, Step } from './step.ts';

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
export function createFreshness({ freshForMs, mostBytes, stateOf, now }: FreshnessOptions) {
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
        if (copy && isFresh(copy, state, asked.maxAgeMs ?? freshFor[kind.of]))
          return { ...copy.answer, served: 'fresh' };
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

  function isFresh(copy: Copy, state: string, maxAgeMs: number): boolean {
    const age = now() - copy.askedAt;
    // Age is negative when the clock was set back.
    return copy.state === state && maxAgeMs > 0 && age >= 0 && age <= maxAgeMs;
  }
}

/** Only what the org has answered well, as JSON: bytes are handed on and may be large. */
function mayBeKept({ outcome }: PipelineAnswer): boolean {
  return outcome.ok && outcome.data.status === 200 && /^json/.test(outcome.data.body?.kind ?? '');
}
