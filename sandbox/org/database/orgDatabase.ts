import type { Mentions } from './mentions.ts';
import type { OrgUser } from './orgUser.ts';

/** A record as the REST API shows it: canonical field names, Salesforce's value formats, `attributes` first. */
export type SObjectRecord = { attributes: { type: string; url: string } } & Record<string, unknown>;

/** One DML error as Salesforce lists it inside a save result. */
export interface SaveError {
  /** Salesforce status code, e.g. `REQUIRED_FIELD_MISSING`. */
  statusCode: string;
  message: string;
  fields: string[];
  /** What a duplicate rule found. */
  duplicateResult?: Record<string, unknown>;
}

/** What a record operation is asked to respect. `apiVersion` is `66.0`-like and ends up in `attributes.url`. */
export interface CallContext {
  user: OrgUser;
  apiVersion: string;
  /** What duplicate rules do with this call, where the org has them. */
  duplicates?: 'refuse' | 'allow' | undefined;
}

export interface QueryResult {
  /** Every row the query selects, in order; paging is the caller's work. */
  records: SObjectRecord[];
  /** Rows counted by the query (`SELECT COUNT()` has a count and no records). */
  totalSize: number;
  /** True for aggregate queries, which cannot be paged with `queryMore`. */
  isAggregate: boolean;
}

/**
 * The org's records. Each method throws {@link OrgError} (see `orgError.ts`) with Salesforce's HTTP status, error code
 * and sentence. All calls are synchronous: the database lives in this process.
 */
export interface OrgDatabase {
  /** SOQL. `includeDeleted` is `queryAll`. */
  query(soql: string, context: CallContext, options?: { includeDeleted?: boolean }): QueryResult;
  /** SOSL, e.g. `FIND {Acme} IN NAME FIELDS RETURNING Account(Id, Name)`. */
  search(sosl: string, context: CallContext): SObjectRecord[];
  /** One row by 15 or 18 character id; `fields` may hold parent paths; without it every accessible field. */
  retrieve(type: string, id: string, context: CallContext, fields?: readonly string[]): SObjectRecord;
  /** Ids of the rows whose (external id) field has this value. */
  findByField(type: string, field: string, value: string, context: CallContext): string[];
  /** Returns the new 18-character id. */
  create(type: string, values: Record<string, unknown>, context: CallContext): string;
  update(type: string, id: string, values: Record<string, unknown>, context: CallContext): void;
  delete(type: string, id: string, context: CallContext): void;
  /** Takes a row, and what was deleted with it, out of the recycle bin. */
  undelete(type: string, id: string, context: CallContext): void;
  /** Runs `work` in a transaction (nestable); rolls back and rethrows when it throws. */
  transaction<T>(work: () => T): T;
  /** Ids changed in the interval (for `/updated`), and deletions (for `/deleted`). */
  updatedBetween(type: string, start: Date, end: Date, context: CallContext): string[];
  deletedBetween(type: string, start: Date, end: Date, context: CallContext): { id: string; deletedDate: string }[];
  /** Most recently viewed or changed rows of this user, newest first. */
  recentlyViewed(context: CallContext, options: { type?: string; limit: number }): SObjectRecord[];
  /** Marks a record as seen by the user, as opening it does. */
  markViewed(id: string, context: CallContext): void;
  mentions: Mentions;
  /** The clock every timestamp and token lifetime reads; tests move it. Milliseconds since the epoch. */
  now(): number;
}
