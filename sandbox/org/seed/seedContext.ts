import { makeRecordId } from '../../../src/salesforce/recordId.ts';
import { completeNewRow } from '../database/newRow.ts';
import type { RowStore } from '../database/rowStore.ts';
import type { ObjectDefinition, StoredRow, StoredValue } from '../database/schema/objectDefinition.ts';
import type { OrgSchema } from '../database/schema/orgSchema.ts';
import { formatDate, formatDateTime } from '../database/storedDate.ts';
import type { Random } from './random.ts';
import type { City } from './words.ts';

const DAY = 86_400_000;
/** How many rows of an object are stored at a time: few, so that the garbage collector frees them cheaply. */
const BATCH_ROWS = 50;

/** What each part of the sample data is made with, and what it leaves for the parts after it. */
export interface SeedContext {
  random: Random;
  /** How many rows of an object to make when the default org has `count` of them. */
  scaled(count: number): number;
  /** Completes one row, which is stored with the next batch of its object; returns its id. */
  insert(type: string, values: Record<string, StoredValue | boolean>): string;
  /** The id that the first row of an object will get, for rows that are made before it. */
  firstId(type: string): string;
  /** Stored date `days` away from now. */
  date(days: number): string;
  /** Stored date-time `days` (may be fractional) away from now. */
  dateTime(days: number): string;
  users: { id: string; region: string; role: 'administrator' | 'banker' | 'service' }[];
  accounts: { id: string; name: string; ownerId: string; city: City; domain: string }[];
  contacts: { id: string; accountId: string; ownerId: string; name: string }[];
  opportunities: { id: string; accountId: string; ownerId: string; name: string; closed: boolean }[];
  leads: { id: string; ownerId: string }[];
  cases: { id: string; accountId: string; contactId: string; ownerId: string }[];
}

export interface SeedOptions {
  schema: OrgSchema;
  store: RowStore;
  random: Random;
  /** Milliseconds since the epoch. */
  now: number;
  contacts: number;
}

/**
 * A context with nothing made yet. Numbers are counted in memory, which is quicker; `finish` hands them, and the rows
 * still waiting, to the store.
 */
export function createSeedContext(options: SeedOptions): { context: SeedContext; finish: () => void } {
  const { schema, store, random, now } = options;
  const numbers = new Map<string, number>();
  const counting: RowStore = {
    ...store,
    nextNumber: (counter) => {
      const next = (numbers.get(counter) ?? 0) + 1;
      numbers.set(counter, next);
      return next;
    },
  };
  const waiting = new Map<ObjectDefinition, StoredRow[]>();
  const firstUserId = makeRecordId('005', 1);
  const firstId = (type: string): string => makeRecordId(schema.object(type)?.keyPrefix ?? '', 1);
  const stored = (value: StoredValue | boolean): StoredValue => (typeof value === 'boolean' ? Number(value) : value);

  function insert(type: string, values: Record<string, StoredValue | boolean>): string {
    const object = schema.object(type);
    if (!object) throw new TypeError(`no object ${type}`);
    const given: StoredRow = {};
    for (const name in values) given[name] = stored(values[name] ?? null);
    const row = completeNewRow(object, given, counting, String(given['OwnerId'] ?? firstUserId), now);
    const id = String(row['Id']);
    const rows = waiting.get(object) ?? [];
    if (rows.push(row) === 1) waiting.set(object, rows);
    if (rows.length === BATCH_ROWS) {
      store.insertAll(object, rows);
      waiting.delete(object);
    }
    return id;
  }

  const context: SeedContext = {
    random,
    scaled: (count) => Math.max(1, Math.round((count * options.contacts) / 3000)),
    insert,
    firstId,
    date: (days) => formatDate(now + days * DAY),
    dateTime: (days) => formatDateTime(now + Math.round(days * 1440) * 60_000),
    users: [],
    accounts: [],
    contacts: [],
    opportunities: [],
    leads: [],
    cases: [],
  };
  return {
    context,
    finish: () => {
      for (const [object, rows] of waiting) store.insertAll(object, rows);
      for (const [counter, value] of numbers) store.setNumber(counter, value);
    },
  };
}
