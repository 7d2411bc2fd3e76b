import { randomInt } from 'node:crypto';
import { OrgError } from '../../database/orgError.ts';
import type { SObjectRecord } from '../../database/orgDatabase.ts';
import { makeRecordId } from '../../../../src/salesforce/recordId.ts';

/** Salesforce keeps a query locator for two days. */
const LIFETIME_MS = 2 * 24 * 3_600_000;
/** Older cursors of a user are dropped first (REST API guide: ten open cursors per user). */
const CURSORS_PER_USER = 10;
const KEY_PREFIX = '0r8';

/** Rows of one query, waiting to be fetched page by page. */
export interface Cursor {
  /** `0r8…`, the locator without its offset. */
  id: string;
  records: readonly SObjectRecord[];
  totalSize: number;
  batchSize: number;
}

/** Cursors belong to the user who ran the query; a query and its child sub-queries share one place. */
export interface QueryCursors {
  /** Starts a query: the cursors opened through the result live and die together. */
  begin(userId: string): { open(records: readonly SObjectRecord[], batchSize: number): Cursor };
  /** @throws OrgError 400 `INVALID_QUERY_LOCATOR` when it is unknown, expired, or somebody else's. */
  find(id: string, userId: string): Cursor;
}

/** @param now The org's clock in milliseconds. */
export function createQueryCursors(now: () => number): QueryCursors {
  interface Query {
    userId: string;
    usedAt: number;
    cursors: Map<string, Cursor>;
  }
  /** In order of last use. */
  const queries = new Set<Query>();

  function prune(): void {
    for (const query of queries) if (now() - query.usedAt > LIFETIME_MS) queries.delete(query);
  }

  function keep(query: Query): void {
    prune();
    const sameUser = [...queries].filter((other) => other.userId === query.userId);
    for (const oldest of sameUser.slice(0, Math.max(0, sameUser.length - CURSORS_PER_USER + 1))) queries.delete(oldest);
    queries.add(query);
  }

  return {
    begin(userId) {
      const query: Query = { userId, usedAt: now(), cursors: new Map() };
      return {
        open(records, batchSize) {
          const cursor = {
            id: makeRecordId(KEY_PREFIX, randomInt(2 ** 47)),
            records,
            totalSize: records.length,
            batchSize,
          };
          if (query.cursors.size === 0) keep(query);
          query.cursors.set(cursor.id, cursor);
          return cursor;
        },
      };
    },
    find(id, userId) {
      prune();
      for (const query of queries) {
        const cursor = query.userId === userId ? query.cursors.get(id) : undefined;
        if (!cursor) continue;
        query.usedAt = now();
        queries.delete(query);
        queries.add(query);
        return cursor;
      }
      throw invalidQueryLocator();
    },
  };
}

/** The error for a locator that leads to no rows. */
export function invalidQueryLocator(): OrgError {
  return new OrgError(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator');
}
