import type { Failure, Outcome } from '../../outcomes/failure.ts';
import type { ChangeSource, ObjectChange } from './changeSource.ts';
import type { Asked } from './orgQueries.ts';
import { objectsOf, WatchedRows, type WatchedTarget } from './watchedTarget.ts';

interface ObjectChangesOptions {
  source: ChangeSource;
  /** All that is subscribed to. */
  targets: () => Iterable<WatchedTarget>;
}

/** Asks the source about the objects of targets, and marks what is concerned by what it says. */
export function createObjectChanges({ source, targets }: ObjectChangesOptions) {
  /** Objects whose changes are asked for at the moment. */
  const asking = new Map<string, Promise<Outcome<ObjectChange>>>();

  /** Asks what has changed of an object, and marks all that is concerned. */
  function ask(sObject: string, how: Asked): Promise<Outcome<ObjectChange>> {
    const key = sObject.toLowerCase();
    const answer =
      asking.get(key) ??
      source
        .changes(sObject, how)
        .then((outcome) => {
          if (outcome.ok) markConcerned(key, outcome.data);
          return outcome;
        })
        .finally(() => asking.delete(key));
    asking.set(key, answer);
    return answer;
  }

  function markConcerned(key: string, { ids }: ObjectChange): void {
    if (ids !== 'any' && ids.size === 0) return;
    for (const target of targets()) {
      if (!objectsOf(target).some((name) => name.toLowerCase() === key)) continue;
      if (target instanceof WatchedRows) {
        target.isDirty = true;
        target.changed();
      } else target.add(ids);
    }
  }

  return {
    /** Asks what has changed of all that these targets read. @returns what failed, by object */
    async askAll(asked: readonly WatchedTarget[], how: Asked): Promise<Map<string, Failure>> {
      const names = new Map(asked.flatMap(objectsOf).map((name) => [name.toLowerCase(), name]));
      const outcomes = await Promise.all(
        [...names.values()].map(async (name) => [name, await ask(name, how)] as const),
      );
      return new Map(outcomes.flatMap(([name, outcome]) => (outcome.ok ? [] : [[name.toLowerCase(), outcome.error]])));
    },

    /** Whether whatever changes what these rows are shows by the changes of objects. */
    isCovered({ objects, readAt }: WatchedRows): boolean {
      if (objects === undefined || objects === 'unknown' || readAt === undefined) return false;
      return [...objects].every((one) => (source.watchedSince(one) ?? Infinity) < readAt);
    },

    /** Lets go of the objects that nothing reads any more. */
    keepNeeded(): void {
      source.keep(new Set([...targets()].flatMap(objectsOf)));
    },
  };
}
