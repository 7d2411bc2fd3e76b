import { requireObject, requireRowId } from './locateRow.ts';
import type { CallContext } from './orgDatabase.ts';
import { OrgError } from './orgError.ts';
import type { OrgUser } from './orgUser.ts';
import type { ObjectDefinition } from './schema/objectDefinition.ts';
import { formatDateTime } from './storedDate.ts';
import { requireEditable, type WriterParts } from './writerParts.ts';

/** Deletes a row, and what goes with it. */
export function createRowDeletion(parts: WriterParts): (type: string, id: string, context: CallContext) => void {
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
