import { makeRecordId } from '../../../src/salesforce/recordId.ts';
import type { RowStore } from './rowStore.ts';
import type { FieldDefinition, ObjectDefinition, StoredRow, StoredValue } from './schema/objectDefinition.ts';
import { formatDateTime } from './storedDate.ts';
import { storedFields } from './tables.ts';

const storedFieldCache = new Map<string, FieldDefinition[]>();

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
 * Completes what the caller gave to a whole row: id, defaults, auto number, owner, who and when, and the derived fields.
 * Nothing is checked and nothing is written.
 */
export function completeNewRow(
  object: ObjectDefinition,
  given: StoredRow,
  store: RowStore,
  userId: string,
  now: number,
): StoredRow {
  let fields = storedFieldCache.get(object.name);
  if (!fields) {
    fields = storedFields(object);
    storedFieldCache.set(object.name, fields);
  }
  const row: StoredRow = {};
  for (const field of fields) row[field.name] = given[field.name] ?? storedDefault(field);
  row['Id'] ??= makeRecordId(object.keyPrefix, store.nextNumber(`id ${object.name}`));
  if ('OwnerId' in row) row['OwnerId'] ??= userId;
  const created = row['CreatedDate'] ?? formatDateTime(now);
  row['CreatedDate'] = created;
  if ('CreatedById' in row) row['CreatedById'] ??= userId;
  row['LastModifiedDate'] ??= created;
  if ('LastModifiedById' in row) row['LastModifiedById'] ??= row['CreatedById'] ?? userId;
  row['SystemModstamp'] ??= row['LastModifiedDate'];
  object.derive?.(row, undefined, now);
  const numbered = fields.find((field) => field.autoNumber);
  if (numbered) row[numbered.name] ??= autoNumber(object, store);
  return row;
}
