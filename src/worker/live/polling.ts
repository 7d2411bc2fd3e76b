import { success, type Outcome } from '../../outcomes/failure.ts';
import { outcomeFailure } from '../../outcomes/outcomes.ts';
import { soql, soqlName, type SoqlText } from '../../salesforce/soqlQuoting.ts';
import { z } from '../../zod.ts';
import type { ChangeSource, ObjectChange } from './changeSource.ts';
import { mostRows, type Asked, type OrgQueries } from './orgQueries.ts';

/**
 * By so much a look goes back behind the newest change that is known: a transaction commits later than it stamps its
 * rows, and others may have been seen meanwhile.
 */
const overlapMs = 300_000;

/**
 * SystemModstamp has whole seconds (Object Reference, "System Fields"), so that a second change within one shows by
 * nothing. What is seen within so many milliseconds of its stamp is looked at once more. What stays unseen is a second
 * change within one second of which the transaction goes on for longer: records and queries are read anyway.
 */
const openMs = 2_000;

/** By less than that the org's time, as it is known here, is wrong. */
const clockFaultMs = 60_000;

interface Seen {
  stamp: number;
  /** When it was first seen, by the clock of this computer. */
  seenAt: number;
  /** Whether it may change again without another stamp. */
  isOpen: boolean;
}

interface Watched {
  /** When it was first asked for. */
  since: number;
  /** The newest stamp, in the org's time; 0 while there is no row. */
  newest: number;
  /** What was seen within the overlap, by id. */
  seen: Map<string, Seen>;
  /** More had changed than one look shows. */
  wasOverflow: boolean;
}

const stampedRow = z.looseObject({
  Id: z.string(),
  SystemModstamp: z.string().transform(milliseconds).pipe(z.number()),
});
const stampedRows = z.array(stampedRow);
type StampedRow = z.output<typeof stampedRow>;

/** `2026-01-31T10:00:00.000+0000`, as Salesforce writes it. */
function milliseconds(text: string): number {
  return Date.parse(text.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
}

const unreadable = outcomeFailure({ stage: 'request', noAnswer: 'unreadable', status: 200 });

interface PollingOptions {
  sessionId: string;
  queries: Pick<OrgQueries, 'query'>;
  now: () => number;
  /** The org's time, where that is known. */
  orgTime: () => number | undefined;
}

/**
 * Finds changes by asking for them: by SystemModstamp, with rows in the recycle bin, from the newest change on that is
 * known, which is in the org's own time, so that no other clock matters. `getUpdated` and `getDeleted` are no proof:
 * their lists may be cut and purged (REST API Developer Guide, "Get Deleted").
 */
export function createPollingSource({ sessionId, queries, now, orgTime }: PollingOptions): ChangeSource {
  const watched = new Map<string, Watched>();

  async function ask(statement: SoqlText, how: Asked): Promise<Outcome<StampedRow[]>> {
    const rows = await queries.query(sessionId, statement.toString(), { ...how, withDeleted: true });
    if (!rows.ok) return rows;
    const parsed = stampedRows.safeParse(rows.data);
    return parsed.success ? success(parsed.data) : unreadable;
  }

  /** The newest changes from a moment on, newest first. */
  const changedFrom = (sObject: string, from: number, how: Asked): Promise<Outcome<StampedRow[]>> =>
    ask(
      soql`SELECT Id, SystemModstamp FROM ${soqlName(sObject)} WHERE SystemModstamp >= ${new Date(Math.max(0, from))} ORDER BY SystemModstamp DESC LIMIT ${mostRows}`,
      how,
    );

  /** Begins to watch: what there is by now is no news. */
  async function begin(sObject: string, how: Asked): Promise<Outcome<ObjectChange>> {
    const since = now();
    const first = await ask(
      soql`SELECT Id, SystemModstamp FROM ${soqlName(sObject)} ORDER BY SystemModstamp DESC LIMIT 1`,
      how,
    );
    if (!first.ok) return first;
    const newest = first.data[0]?.SystemModstamp ?? 0;
    const one: Watched = { since, newest, seen: new Map<string, Seen>(), wasOverflow: false };
    const rows = newest === 0 ? success([]) : await changedFrom(sObject, newest - overlapMs, how);
    if (!rows.ok) return rows;
    note(one, rows.data, since);
    // The newest row may be old: then it can have no second change within its second.
    const orgNow = orgTime();
    for (const seen of one.seen.values()) seen.isOpen &&= orgNow === undefined || seen.stamp > orgNow - clockFaultMs;
    watched.set(sObject.toLowerCase(), one);
    return success({ ids: new Set<string>(), asOf: since });
  }

  return {
    async changes(sObject, how) {
      const one = watched.get(sObject.toLowerCase());
      if (!one) return begin(sObject, how);
      const asOf = now();
      const rows = await changedFrom(sObject, one.newest - overlapMs, how);
      return rows.ok ? success({ ids: note(one, rows.data, asOf), asOf }) : rows;
    },

    async changesSince(sObject, position, how) {
      const asOf = now();
      const rows = await changedFrom(sObject, position - overlapMs, how);
      if (!rows.ok) return rows;
      return success({ ids: rows.data.length < mostRows ? new Set(rows.data.map(({ Id }) => Id)) : 'any', asOf });
    },

    watchedSince: (sObject) => watched.get(sObject.toLowerCase())?.since,
    position: (sObject) => watched.get(sObject.toLowerCase())?.newest,

    keep(sObjects) {
      const kept = new Set([...sObjects].map((name) => name.toLowerCase()));
      for (const name of [...watched.keys()]) if (!kept.has(name)) watched.delete(name);
    },
  };
}

/** Takes note of what a look has shown. @returns what of it may be news */
function note(one: Watched, rows: readonly StampedRow[], askedAt: number): ReadonlySet<string> | 'any' {
  const news = new Set<string>();
  one.newest = Math.max(one.newest, rows[0]?.SystemModstamp ?? 0);
  for (const { Id, SystemModstamp: stamp } of rows) {
    const seen = one.seen.get(Id);
    const isOld = one.newest - stamp >= openMs;
    if (seen?.stamp !== stamp) {
      news.add(Id);
      one.seen.set(Id, { stamp, seenAt: askedAt, isOpen: !isOld });
    } else if (seen.isOpen) {
      news.add(Id);
      // The clock of this computer may have been set back.
      if (isOld || askedAt - seen.seenAt >= openMs || askedAt < seen.seenAt) seen.isOpen = false;
    }
  }
  for (const [id, { stamp }] of one.seen) if (stamp < one.newest - overlapMs) one.seen.delete(id);
  const isOverflow = rows.length >= mostRows;
  // What was committed late may have been behind what was shown.
  const isUnsure = isOverflow ? news.size > 0 || !one.wasOverflow : one.wasOverflow;
  one.wasOverflow = isOverflow;
  return isUnsure ? 'any' : news;
}
