import { makeRecordId } from '../../../src/salesforce/recordId.ts';
import type { RowStore } from './rowStore.ts';
import type { FieldDefinition, ObjectDefinition, StoredRow, StoredValue } from './schema/objectDefinition.ts';
import { formatDateTime } from './storedDate.ts';
import { storedFields } from './tables.ts';

/** What all new rows of an object have in common. */
interface RowTemplate {
  /** Every stored field, so that all rows have their fields in one order. */
  defaults: StoredRow;
  /** The field that is numbered automatically. */
  numbered: string | undefined;
}

const templates = new Map<string, RowTemplate>();

function templateOf(object: ObjectDefinition): RowTemplate {
  const known = templates.get(object.name);
  if (known) return known;
  const fields = storedFields(object);
  const made = {
    defaults: Object.fromEntries(fields.map((field) => [field.name, storedDefault(field)])),
    numbered: fields.find((field) => field.autoNumber)?.name,
  };
  templates.set(object.name, made);
  return made;
}

function storedDefault(field: FieldDefinition): StoredValue {
  if (typeof field.defaultValue === 'boolean') return field.defaultValue ? 1 : 0;
  return field.defaultValue;
}

function autoNumber(object: ObjectDefinition, store: RowStore): string {
  const number = String(store.nextNumber(`number ${object.name}`));
  return object.name === 'Case'
    ? number.padStart(8, '0')
    : `${object.label.slice(0, 3).toUpperCase()}-${number.padStart(6, '0')}`;
}

/**
 * Completes what the caller gave to a whole row: id, defaults, auto number, owner, who and when, and the derived
 * fields. Nothing is checked and nothing is written.
 */
export function completeNewRow(
  object: ObjectDefinition,
  given: StoredRow,
  store: RowStore,
  userId: string,
  now: number,
): StoredRow {
  const { defaults, numbered } = templateOf(object);
  const row: StoredRow = { ...defaults };
  for (const name in given) row[name] = given[name] ?? defaults[name] ?? null;
  row['Id'] ??= makeRecordId(object.keyPrefix, store.nextNumber(`id ${object.name}`));
  if ('OwnerId' in row) row['OwnerId'] ??= userId;
  const created = row['CreatedDate'] ?? formatDateTime(now);
  row['CreatedDate'] = created;
  if ('CreatedById' in row) row['CreatedById'] ??= userId;
  row['LastModifiedDate'] ??= created;
  if ('LastModifiedById' in row) row['LastModifiedById'] ??= row['CreatedById'] ?? userId;
  row['SystemModstamp'] ??= row['LastModifiedDate'];
  object.derive?.(row, undefined, now);
  if (numbered !== undefined) row[numbered] ??= autoNumber(object, store);
  return row;
}
