import type { Failure } from '../../outcomes/failure.ts';
import type { ChangeSource } from './changeSource.ts';
import { createObjectChanges } from './objectChanges.ts';
import { createObjectNews } from './objectNews.ts';
import type { Asked, OrgQueries } from './orgQueries.ts';
import { createQueryObjects } from './queryObjects.ts';
import { readTargets } from './reading.ts';
import { troubleOf } from './trouble.ts';
import { objectsOf, WatchedObject, WatchedRows, type Result, type WatchedTarget } from './watchedTarget.ts';

interface RoundsOptions {
  sessionId: string;
  queries: OrgQueries;
  source: ChangeSource;
  now: () => number;
  /** After so many milliseconds a query is read again though nothing that it reads has changed. */
  readAnywayMs: number;
  /** All that is subscribed to. */
  targets: () => Iterable<WatchedTarget>;
}

export type Rounds = ReturnType<typeof createRounds>;

/** Asks the org about targets of one session, and tells what it says. */
export function createRounds(options: RoundsOptions) {
  const { sessionId, queries, now, readAnywayMs, targets } = options;
  const queryObjects = createQueryObjects(options);
  const { checkAll, tellNews } = createObjectNews(options);
  const { askAll, isCovered, keepNeeded } = createObjectChanges(options);
  let questions = 0;

  async function read(rows: readonly WatchedRows[], how: Asked): Promise<Result[]> {
    const askedAt = now();
    const order = (questions += 1);
    const asked = new Map(rows.map((one) => [one, one.ask(order)]));
    for (const one of rows) one.isDirty = false;
    const results = readTargets(queries, sessionId, rows, how).map(async (reading) =>
      (await reading).map(([one, outcome]): Result => {
        if (!outcome.ok) one.isDirty = true;
        else if (!how.signal.aborted) one.settle(outcome.data, askedAt, asked.get(one)!);
        return [one, outcome.ok ? undefined : outcome.error];
      }),
    );
    return (await Promise.all(results)).flat();
  }

  function isToBeRead(one: WatchedRows, at: number): boolean {
    const age = one.readAt === undefined ? NaN : at - one.readAt;
    return one.target.kind === 'record' || one.isDirty || !isCovered(one) || !(age >= 0 && age < readAnywayMs);
  }

  /** Learns which objects queries read that are new. */
  async function learnObjects(rows: readonly WatchedRows[], how: Asked): Promise<void> {
    for (const one of rows) {
      if (one.target.kind !== 'query' || one.objects !== undefined) continue;
      const objects = await queryObjects(one.target.soql, how);
      if (objects.ok) one.objects = objects.data;
    }
  }

  return {
    /** Reads targets for the first time. */
    async begin(fresh: readonly WatchedTarget[], how: Asked): Promise<Result[]> {
      const askedAt = now();
      const objects = fresh.filter((one) => one instanceof WatchedObject);
      const rows = fresh.filter((one) => one instanceof WatchedRows);
      // Nobody waits for that.
      void learnObjects(rows, { ...how, priority: 'background' });
      // In the same moment, so that it is one request.
      const [results, failed] = await Promise.all([read(rows, how), askAll(objects, how), checkAll(objects, how)]);
      return [...results, ...(await tellNews(objects, failed, askedAt, how))];
    },

    /** One round: asks about the targets that are due, then reads whatever is concerned by what has changed. */
    async look(due: readonly WatchedTarget[], how: Asked): Promise<Result[]> {
      const askedAt = now();
      const rows = due.filter((one) => one instanceof WatchedRows);
      const objects = due.filter((one) => one instanceof WatchedObject);
      const first = rows.filter((one) => isToBeRead(one, askedAt));
      const asked = new Map(rows.map((one) => [one, one.ask(questions)]));
      keepNeeded();
      const [results, failed] = await Promise.all([read(first, how), askAll(due, how), learnObjects(rows, how)]);
      if (how.signal.aborted) return [];
      giveUpObjects(rows, failed);
      const all = [...targets()].filter(({ isBeginning }) => !isBeginning);
      const dirty = all.filter((one): one is WatchedRows => one instanceof WatchedRows && one.isDirty);
      const second = await read(
        dirty.filter((one) => !first.includes(one)),
        how,
      );
      const told = await tellNews(
        all.filter((one): one is WatchedObject => one instanceof WatchedObject && isConcerned(one, objects)),
        failed,
        askedAt,
        how,
      );
      const done = new Set([...first, ...dirty]);
      return [
        ...results,
        ...second,
        ...told,
        ...confirm(
          rows.filter((one) => !done.has(one)),
          failed,
          askedAt,
          asked,
        ),
      ];
    },
  };

  function isConcerned(one: WatchedObject, due: readonly WatchedObject[]): boolean {
    return due.includes(one) || one.pending === 'any' || one.pending.size > 0;
  }

  /** An object whose changes cannot be asked for does not end a query, which is read each time then. */
  function giveUpObjects(rows: readonly WatchedRows[], failed: ReadonlyMap<string, Failure>): void {
    for (const one of rows) {
      const failure = failureOf(one, failed);
      if (failure && troubleOf(failure).does === 'end') one.objects = 'unknown';
    }
  }

  /** What was not read is as it was, where the changes of all that it reads are known. */
  function confirm(
    rows: readonly WatchedRows[],
    failed: ReadonlyMap<string, Failure>,
    askedAt: number,
    asked: ReadonlyMap<WatchedRows, ReturnType<WatchedRows['ask']>>,
  ): Result[] {
    return rows
      .filter(({ objects }) => objects !== 'unknown')
      .map((one): Result => {
        const failure = failureOf(one, failed);
        if (!failure) one.confirm(askedAt, asked.get(one)!);
        return [one, failure];
      });
  }
}

const failureOf = (one: WatchedRows, failed: ReadonlyMap<string, Failure>): Failure | undefined =>
  objectsOf(one)
    .map((name) => failed.get(name.toLowerCase()))
    .find(Boolean);
