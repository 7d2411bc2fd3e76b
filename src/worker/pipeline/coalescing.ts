import type { createChanges } from './changes.ts';
import { rankOf, whileWanted, type PipelineAnswer, type PipelineRequest, type Step } from './step.ts';

interface UnderWay {
  answer: Promise<PipelineAnswer>;
  waiting: number;
  progress: { isSent: boolean; isOver: boolean };
  onSent: Set<() => void>;
  controller: AbortController;
}

/**
 * Identical reads that are asked for while one is under way become that one. Each caller gets an answer of its own time
 * and may give up by itself; the request is given up with its last caller. A read that was asked for before a write of
 * this desktop is not joined after it.
 */
export function createCoalescing({ stateOf }: Pick<ReturnType<typeof createChanges>, 'stateOf'>, next: Step): Step {
  const underWay = new Map<string, UnderWay>();

  function begin(key: string, asked: PipelineRequest): UnderWay {
    const controller = new AbortController();
    const onSent = new Set<() => void>();
    const progress = { isSent: false, isOver: false };
    const answer = next({
      ...asked,
      signal: controller.signal,
      onSent() {
        progress.isSent = true;
        for (const tell of onSent) tell();
      },
    }).finally(() => {
      progress.isOver = true;
      if (underWay.get(key) === begun) underWay.delete(key);
    });
    const begun: UnderWay = { waiting: 0, progress, onSent, controller, answer };
    // When the last caller has given up, nobody listens any more.
    answer.catch(() => undefined);
    underWay.set(key, begun);
    return begun;
  }

  return async function coalesced(asked) {
    const { kind, sessionId, maxAgeMs, signal, onSent } = asked;
    const state = stateOf(sessionId);
    if (kind.does !== 'read' || state === undefined) return next(asked);
    signal.throwIfAborted();
    const key = JSON.stringify([sessionId, state, rankOf(asked), kind.key]);
    // Whoever wants the org's own answer would get that of a moment before.
    const joined = maxAgeMs === 0 ? undefined : underWay.get(key);
    const one = joined ?? begin(key, asked);
    one.waiting += 1;
    one.onSent.add(onSent);
    if (one.progress.isSent) onSent();
    try {
      const answer = await whileWanted(one.answer, signal);
      return joined ? { ...answer, served: 'shared' } : answer;
    } finally {
      one.onSent.delete(onSent);
      one.waiting -= 1;
      if (one.waiting === 0) {
        if (underWay.get(key) === one) underWay.delete(key);
        if (!one.progress.isOver) one.controller.abort();
      }
    }
  };
}
