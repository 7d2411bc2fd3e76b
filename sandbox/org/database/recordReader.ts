import { createScope } from '../soql/queryScope.ts';
import { queryEnvironment } from '../soql/executeQuery.ts';
import type { QueryParts } from '../soql/executeQuery.ts';
import { recordStatement, runRecordQuery } from '../soql/recordQuery.ts';
import { addField, createSelectList } from '../soql/selectList.ts';
import { noSuchRow, requireObject, requireRowId } from './locateRow.ts';
import type { CallContext, SObjectRecord } from './orgDatabase.ts';
import { OrgError } from './orgError.ts';
import type { IsVisible } from './recordRules.ts';
import { createRowLists, type RowLists } from './rowLists.ts';
import type { RowStore } from './rowStore.ts';
import { visibleRows } from './sharing.ts';

export interface RecordReader extends RowLists {
  isVisible: IsVisible;
  retrieve(type: string, id: string, context: CallContext, fields?: readonly string[]): SObjectRecord;
  findByField(type: string, field: string, value: string, context: CallContext): string[];
}

/** Reads single rows and lists of them, always as the user may see them. */
export function createRecordReader(parts: QueryParts & { store: RowStore }): RecordReader {
  const { schema, engine, store } = parts;

  const isVisible: IsVisible = (object, id, user) => {
    const rule = visibleRows(object, 'r', user);
    return (
      rule === undefined || engine.rows(`SELECT 1 FROM "${object.name}" r WHERE r.Id = ? AND ${rule}`, [id]).length > 0
    );
  };

  function retrieve(type: string, id: string, context: CallContext, fields?: readonly string[]): SObjectRecord {
    const object = requireObject(schema, type);
    const rowId = requireRowId(object, id);
    const row = store.read(object, rowId);
    if (row?.['IsDeleted'] === 1) throw new OrgError(404, 'NOT_FOUND', 'The requested resource does not exist');
    const paths = fields ?? object.fields.map((field) => field.name);
    const scope = createScope(
      queryEnvironment(parts, context, `SELECT ${paths.join(', ')} FROM ${object.name}`, false),
      object,
    );
    const list = createSelectList(scope);
    for (const path of new Set(paths)) addField(list, scope, path);
    if (!list.shape.entries.has('Id')) addField(list, scope, 'Id');
    scope.parameters.push(rowId);
    const statement = recordStatement(
      scope,
      list,
      {},
      { conditions: [`${scope.alias}."Id" = ?${scope.parameters.length}`] },
    );
    const [record] = runRecordQuery(engine, statement);
    if (!record) throw noSuchRow(id);
    return record;
  }

  function findByField(type: string, fieldName: string, value: string, context: CallContext): string[] {
    const object = requireObject(schema, type);
    const field = schema.field(object, fieldName);
    if (!field?.idLookup) {
      throw new OrgError(
        404,
        'NOT_FOUND',
        `Provided external ID field does not exist or is not accessible: ${fieldName}`,
      );
    }
    const wanted = field.type === 'id' ? requireRowId(object, value) : value;
    return store.idsWhere(object, field.name, wanted).filter((id) => isVisible(object, id, context.user));
  }

  return { isVisible, retrieve, findByField, ...createRowLists(parts, isVisible) };
}
