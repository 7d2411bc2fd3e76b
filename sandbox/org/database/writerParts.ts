import { noSuchRow } from './locateRow.ts';
import { OrgError } from './orgError.ts';
import type { OrgUser } from './orgUser.ts';
import type { IsVisible } from './recordRules.ts';
import type { RowStore } from './rowStore.ts';
import type { ObjectDefinition, StoredRow } from './schema/objectDefinition.ts';
import type { OrgSchema } from './schema/orgSchema.ts';
import { mayEdit } from './sharing.ts';
import type { SqlEngine } from './sqlEngine.ts';

/** What writing needs of the org. */
export interface WriterParts {
  schema: OrgSchema;
  engine: SqlEngine;
  store: RowStore;
  isVisible: IsVisible;
  now: () => number;
  /** Called after a row was written, e.g. to keep the search index and the list of viewed records. */
  afterWrite: (object: ObjectDefinition, id: string, change: 'create' | 'update' | 'delete', user: OrgUser) => void;
}

function noAccess(): OrgError {
  return new OrgError(400, 'INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access rights on object id', []);
}

/** The live row this user may change. `asked` is the id as the caller wrote it. */
export function requireEditable(
  { store, isVisible }: WriterParts,
  object: ObjectDefinition,
  id: string,
  asked: string,
  user: OrgUser,
): StoredRow {
  const row = store.read(object, id);
  if (!row) throw noSuchRow(asked);
  if (row['IsDeleted'] === 1) throw new OrgError(404, 'ENTITY_IS_DELETED', 'entity is deleted', []);
  if (!isVisible(object, id, user) || !mayEdit(object, user, row)) throw noAccess();
  return row;
}
