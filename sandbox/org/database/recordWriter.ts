import { requireObject, requireRowId } from './locateRow.ts';
import { publishVersion } from './contentVersions.ts';
import { checkDuplicates } from './duplicateRules.ts';
import { completeNewRow } from './newRow.ts';
import type { CallContext } from './orgDatabase.ts';
import { OrgError } from './orgError.ts';
import type { OrgUser } from './orgUser.ts';
import { parseRecordValues } from './parseRecordValues.ts';
import { checkReferences, checkRequired, checkUnique } from './recordRules.ts';
import { createRowDeletion, createRowUndeletion } from './rowDeletion.ts';
import { contentVersion } from './schema/content.ts';
import type { FieldDefinition, ObjectDefinition, StoredRow, StoredValue } from './schema/objectDefinition.ts';
import { mayCreate } from './sharing.ts';
import { formatDateTime } from './storedDate.ts';
import { requireEditable, type WriterParts } from './writerParts.ts';

export interface RecordWriter {
  create(type: string, values: Record<string, unknown>, context: CallContext): string;
  update(type: string, id: string, values: Record<string, unknown>, context: CallContext): void;
  delete(type: string, id: string, context: CallContext): void;
  undelete(type: string, id: string, context: CallContext): void;
}

/** What the caller gave, by field name. @throws OrgError when the object's values do not go together. */
function settled(
  object: ObjectDefinition,
  given: ReadonlyMap<FieldDefinition, StoredValue>,
  previous: StoredRow | undefined,
  { apiVersion }: CallContext,
): StoredRow {
  const byName = Object.fromEntries([...given].map(([field, value]) => [field.name, value]));
  return object.settle?.(byName, previous, apiVersion) ?? byName;
}

/**
 * Create, update and delete with Salesforce's checks in Salesforce's order: fields, access, required, references,
 * unique. Each is a transaction of its own: what fails half way leaves nothing behind.
 */
export function createRecordWriter(parts: WriterParts): RecordWriter {
  const { schema, engine, store, isVisible, now, afterWrite } = parts;
  const deleteRow = createRowDeletion(parts);
  const undeleteRow = createRowUndeletion(parts);

  function resolver(user: OrgUser) {
    return (object: ObjectDefinition, field: FieldDefinition, value: string): string => {
      const ids = store.idsWhere(object, field.name, value).filter((id) => isVisible(object, id, user));
      const [only] = ids;
      if (only !== undefined && ids.length === 1) return only;
      const message =
        ids.length === 0
          ? `Foreign key external ID: ${value} not found for field ${field.name} in entity ${object.name}`
          : `More than one record found for external id field: [${ids.join(', ')}]`;
      throw new OrgError(400, 'INVALID_FIELD', message, []);
    };
  }

  function create(type: string, values: Record<string, unknown>, context: CallContext): string {
    const object = requireObject(schema, type);
    if (!object.createable || !mayCreate(object, context.user)) {
      const message = `entity type cannot be inserted: ${object.label}`;
      throw new OrgError(400, 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', message, []);
    }
    const given = parseRecordValues(schema, object, values, 'create', resolver(context.user));
    const byName = settled(object, given, undefined, context);
    const row = completeNewRow(object, byName, store, context.user.id, now());
    checkRequired(object, row);
    checkReferences(schema, store, isVisible, given, context.user);
    checkUnique(object, store, row);
    checkDuplicates(parts, object, { row }, context);
    if (object.name === contentVersion.name) publishVersion(parts, row, context);
    const id = String(row['Id']);
    store.insert(object, row);
    afterWrite(object, id, 'create', context.user);
    return id;
  }

  function update(type: string, id: string, values: Record<string, unknown>, context: CallContext): void {
    const object = requireObject(schema, type);
    const rowId = requireRowId(object, id);
    const previous = requireEditable(parts, object, rowId, id, context.user);
    const given = parseRecordValues(schema, object, values, 'update', resolver(context.user));
    const row: StoredRow = { ...previous, ...settled(object, given, previous, context) };
    object.derive?.(row, previous, now());
    checkRequired(object, row);
    checkReferences(schema, store, isVisible, given, context.user);
    checkUnique(object, store, row);
    checkDuplicates(parts, object, { row, previous }, context);
    const stamp = formatDateTime(now());
    if ('LastModifiedDate' in row) row['LastModifiedDate'] = stamp;
    row['SystemModstamp'] = stamp;
    if ('LastModifiedById' in row) row['LastModifiedById'] = context.user.id;
    const changes = Object.fromEntries(Object.entries(row).filter(([name, value]) => value !== previous[name]));
    store.write(object, rowId, changes);
    afterWrite(object, rowId, 'update', context.user);
  }

  return {
    create: (type, values, context) => engine.transaction(() => create(type, values, context)),
    update: (type, id, values, context) => engine.transaction(() => update(type, id, values, context)),
    delete: (type, id, context) => engine.transaction(() => deleteRow(type, id, context)),
    undelete: (type, id, context) => engine.transaction(() => undeleteRow(type, id, context)),
  };
}
