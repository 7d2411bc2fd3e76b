import { success, type Failure, type Outcome } from '../../outcomes/failure.ts';
import type { ChangeSource } from './changeSource.ts';
import { cursorOf } from './cursor.ts';
import type { Asked, OrgQueries, Row } from './orgQueries.ts';
import { anyRecordSoql, mostIds, recordsSoql } from './reading.ts';
import type { Subscriber } from './subscriber.ts';
import type { Found, Result, WatchedObject } from './watchedTarget.ts';

interface ObjectNewsOptions {
  sessionId: string;
  queries: Pick<OrgQueries, 'query'>;
  source: ChangeSource;
  now: () => number;
}

/** Tells what has changed among the records of an object, once the source has said which. */
export function createObjectNews({ sessionId, queries, source, now }: ObjectNewsOptions) {
  /**
   * Has the org look at the fields of an object before anything is told of it: what it refuses is refused at once, and
   * not at the first change.
   */
  async function checkReadable(watched: WatchedObject, how: Asked): Promise<Outcome<null>> {
    if (watched.isReadable) return success(null);
    const { sObject, fields } = watched.target;
    const one = await queries.query(sessionId, anyRecordSoql(sObject, ['SystemModstamp', ...fields]), how);
    watched.isReadable = one.ok;
    return one.ok ? success(null) : one;
  }

  /** These rows as they are now. SystemModstamp is with them, as it tells one change from another. */
  async function read(
    { target: { sObject, fields } }: WatchedObject,
    ids: readonly string[],
    how: Asked,
  ): Promise<Outcome<Found>> {
    const parts: Promise<Outcome<Row[]>>[] = [];
    for (let from = 0; from < ids.length; from += mostIds)
      parts.push(
        queries.query(
          sessionId,
          recordsSoql(sObject, ['SystemModstamp', ...fields], ids.slice(from, from + mostIds)),
          how,
        ),
      );
    const rows: Row[] = [];
    for (const part of await Promise.all(parts)) {
      if (!part.ok) return part;
      rows.push(...part.data);
    }
    const found = new Set(rows.map(({ Id }) => Id));
    return success({ rows, gone: ids.filter((id) => !found.has(id)) });
  }

  /** Tells a subscriber that comes back what has changed meanwhile, or that it is told changes from now on. */
  async function begin(watched: WatchedObject, subscriber: Subscriber, how: Asked): Promise<Outcome<null>> {
    const { sObject } = watched.target;
    const asOf = now();
    const position = source.position(sObject) ?? 0;
    let found: Found = { rows: [], gone: [] };
    let isGap = false;
    if (subscriber.since !== undefined) {
      const changed = await source.changesSince(sObject, subscriber.since, how);
      if (!changed.ok) return changed;
      if (changed.data.ids === 'any') isGap = true;
      else {
        const rows = await read(watched, [...changed.data.ids], how);
        if (!rows.ok) return rows;
        found = rows.data;
      }
    }
    // It may have gone meanwhile.
    if (!watched.subscribers.has(subscriber)) return success(null);
    if (isGap) subscriber.tell({ kind: 'gap' });
    const { rows, gone } = found;
    watched.tellRows(subscriber, { rows: [...rows], gone: [...gone], asOf, cursor: cursorOf(position) });
    return success(null);
  }

  /** Tells what is to be told of an object by now. What could not be read is told the next time. */
  async function tell(watched: WatchedObject, askedAt: number, how: Asked): Promise<Outcome<null>> {
    const position = source.position(watched.target.sObject) ?? 0;
    for (const subscriber of [...watched.subscribers].filter(({ isTold }) => !isTold)) {
      const begun = await begin(watched, subscriber, how);
      if (!begun.ok) return begun;
    }
    // What comes in meanwhile waits for the next time.
    const { pending } = watched;
    watched.pending = new Set<string>();
    const asOf = now();
    const cursor = cursorOf(position);
    if (pending === 'any') for (const { tell } of watched.subscribers) tell({ kind: 'gap' });
    else if (pending.size > 0) {
      const found = await read(watched, [...pending], how);
      if (!found.ok) {
        watched.add(pending);
        return found;
      }
      const { rows, gone } = found.data;
      for (const one of watched.subscribers) watched.tellRows(one, { rows: [...rows], gone: [...gone], asOf, cursor });
    } else watched.tellUnchanged(askedAt);
    watched.askedAt = askedAt;
    watched.ownState = undefined;
    return success(null);
  }

  return {
    /** Asks whether the fields of objects can be read. What fails is asked again before anything is told of it. */
    checkAll: (objects: readonly WatchedObject[], how: Asked): Promise<unknown> =>
      Promise.all(objects.map((one) => checkReadable(one, how))),

    /**
     * Tells what is to be told of objects by now.
     *
     * @param failed why the source did not say, by object
     * @param askedAt when the source was asked
     */
    tellNews: (
      objects: readonly WatchedObject[],
      failed: ReadonlyMap<string, Failure>,
      askedAt: number,
      how: Asked,
    ): Promise<Result[]> =>
      Promise.all(
        objects.map(async (one): Promise<Result> => {
          const failure = failed.get(one.target.sObject.toLowerCase());
          if (failure) return [one, failure];
          const readable = await checkReadable(one, how);
          if (!readable.ok) return [one, readable.error];
          const told = await tell(one, askedAt, how);
          return [one, told.ok ? undefined : told.error];
        }),
      ),
  };
}
