import { keyPrefixOf } from '../../../src/salesforce/recordId.ts';
import { OrgError } from './orgError.ts';
import type { OrgUser } from './orgUser.ts';
import type { RowStore } from './rowStore.ts';
import type { FieldDefinition, ObjectDefinition, StoredRow, StoredValue } from './schema/objectDefinition.ts';
import type { OrgSchema } from './schema/orgSchema.ts';

/** Tells whether the user may see a row. */
export type IsVisible = (object: ObjectDefinition, id: string, user: OrgUser) => boolean;

/** Fields without which a row cannot be; derived ones and those with a default count as given. */
export function checkRequired(object: ObjectDefinition, row: StoredRow): void {
  const missing = object.fields
    .filter((field) => !field.nillable && (field.createable || field.updateable) && field.type !== 'boolean')
    .filter((field) => row[field.name] === null || row[field.name] === undefined)
    .map((field) => field.name);
  if (missing.length > 0) {
    throw new OrgError(400, 'REQUIRED_FIELD_MISSING', `Required fields are missing: [${missing.join(', ')}]`, missing);
  }
}

function checkReference(
  schema: OrgSchema,
  store: RowStore,
  isVisible: IsVisible,
  field: FieldDefinition,
  id: string,
  user: OrgUser,
): void {
  const targets = field.reference?.to.flatMap((name) => schema.object(name) ?? []) ?? [];
  const target = targets.find(({ keyPrefix }) => keyPrefix === keyPrefixOf(id));
  if (!target) {
    throw new OrgError(400, 'MALFORMED_ID', `${field.label}: id value of incorrect type: ${id}`, [field.name]);
  }
  const parent = store.read(target, id);
  if (!parent) throw new OrgError(400, 'INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', [field.name]);
  if (parent['IsDeleted'] === 1) throw new OrgError(400, 'ENTITY_IS_DELETED', 'entity is deleted', [field.name]);
  if (!isVisible(target, id, user)) {
    const message = `insufficient access rights on cross-reference id: ${id}`;
    throw new OrgError(400, 'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY', message, [field.name]);
  }
}

/** Every lookup that was given must point at a live, visible row of an object the field accepts. */
export function checkReferences(
  schema: OrgSchema,
  store: RowStore,
  isVisible: IsVisible,
  given: Iterable<[FieldDefinition, StoredValue]>,
  user: OrgUser,
): void {
  for (const [field, value] of given) {
    if (field.reference && typeof value === 'string') checkReference(schema, store, isVisible, field, value, user);
  }
}

/** No two live rows may have the same value in a unique field. */
export function checkUnique(object: ObjectDefinition, store: RowStore, row: StoredRow): void {
  for (const field of object.fields) {
    const value = row[field.name];
    if (!field.unique || value === null || value === undefined) continue;
    const other = store.idsWhere(object, field.name, value).find((id) => id !== row['Id']);
    if (!other) continue;
    const message = `duplicate value found: ${field.name} duplicates value on record with id: ${other}`;
    throw new OrgError(400, 'DUPLICATE_VALUE', message, [field.name]);
  }
}
