import { requireObject, requireRowId } from './locateRow.ts';
import type { CallContext } from './orgDatabase.ts';
import { OrgError } from './orgError.ts';
import type { OrgUser } from './orgUser.ts';
import type { ObjectDefinition } from './schema/objectDefinition.ts';
import { formatDateTime } from './storedDate.ts';
import { requireEditable, type WriterParts } from './writerParts.ts';

type OfRow = (type: string, id: string, context: CallContext) => void;

/** Deletes a row, and what goes with it. */
export function createRowDeletion(parts: WriterParts): OfRow {
  const { schema, engine, store, now, afterWrite } = parts;

  /** Children go with their parent where Salesforce cascades; other lookups are cleared. */
  function remove(object: ObjectDefinition, id: string, user: OrgUser): void {
    const stamp = formatDateTime(now());
    store.write(object, id, { IsDeleted: 1, SystemModstamp: stamp });
    engine.run('INSERT OR REPLACE INTO deletion VALUES (?, ?, ?)', [id, object.name, stamp]);
    afterWrite(object, id, 'delete', user);
    for (const child of schema.childRelationships(object)) {
      if (child.field.sql !== undefined) continue;
      for (const childId of store.idsWhere(child.childObject, child.field.name, id)) {
        if (child.cascadeDelete) remove(child.childObject, childId, user);
        else store.write(child.childObject, childId, { [child.field.name]: null });
      }
    }
  }

  return function deleteRow(type, id, context) {
    const object = requireObject(schema, type);
    const rowId = requireRowId(object, id);
    requireEditable(parts, object, rowId, id, context.user);
    if (!object.deletable) {
      const message = `entity type cannot be deleted: ${object.label}`;
      throw new OrgError(400, 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', message, []);
    }
    remove(object, rowId, context.user);
  };
}

/**
 * Takes a row out of the recycle bin, with what went there with it. Salesforce has that in Apex and in the SOAP API,
 * not in REST.
 *
 * @see SOAP API Developer Guide, "undelete()"
 */
export function createRowUndeletion({ schema, engine, store, now, afterWrite }: WriterParts): OfRow {
  function restore(object: ObjectDefinition, id: string, user: OrgUser): void {
    const deletedAt = store.read(object, id)?.['SystemModstamp'] ?? null;
    store.write(object, id, { IsDeleted: 0, SystemModstamp: formatDateTime(now()) });
    engine.run('DELETE FROM deletion WHERE RecordId = ?', [id]);
    afterWrite(object, id, 'update', user);
    for (const { childObject, field, cascadeDelete } of schema.childRelationships(object)) {
      if (!cascadeDelete || field.sql !== undefined) continue;
      const children = engine.rows(
        `SELECT Id FROM "${childObject.name}" WHERE "${field.name}" = ? AND IsDeleted = 1 AND SystemModstamp = ?`,
        [id, deletedAt],
      );
      for (const [childId] of children) restore(childObject, String(childId), user);
    }
  }

  return function undeleteRow(type, id, { user }) {
    const object = requireObject(schema, type);
    const rowId = requireRowId(object, id);
    if (store.read(object, rowId)?.['IsDeleted'] !== 1)
      throw new OrgError(400, 'UNDELETE_FAILED', 'Entity is not in the recycle bin', []);
    restore(object, rowId, user);
  };
}
