import { createScope, rowConditions } from '../soql/queryScope.ts';
import { executeQuery, queryEnvironment } from '../soql/executeQuery.ts';
import type { QueryParts } from '../soql/executeQuery.ts';
import { recordStatement, runRecordQuery } from '../soql/recordQuery.ts';
import { addField, createSelectList } from '../soql/selectList.ts';
import { noSuchRow, requireObject, requireRowId } from './locateRow.ts';
import type { CallContext, SObjectRecord } from './orgDatabase.ts';
import { OrgError } from './orgError.ts';
import type { IsVisible } from './recordRules.ts';
import type { RowStore } from './rowStore.ts';
import { visibleRows } from './sharing.ts';
import { formatDateTime } from './storedDate.ts';

export interface RecordReader {
  isVisible: IsVisible;
  retrieve(type: string, id: string, context: CallContext, fields?: readonly string[]): SObjectRecord;
  findByField(type: string, field: string, value: string, context: CallContext): string[];
  updatedBetween(type: string, start: Date, end: Date, context: CallContext): string[];
  deletedBetween(type: string, start: Date, end: Date, context: CallContext): { id: string; deletedDate: string }[];
  recentlyViewed(context: CallContext, options: { type?: string; limit: number }): SObjectRecord[];
}

/** Reads single rows and the lists of changed, deleted and viewed rows, always as the user may see them. */
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

  function updatedBetween(type: string, start: Date, end: Date, context: CallContext): string[] {
    const object = requireObject(schema, type);
    const scope = createScope(queryEnvironment(parts, context, '', false), object);
    const conditions = [
      ...rowConditions(scope),
      `${scope.alias}.SystemModstamp >= ?`,
      `${scope.alias}.SystemModstamp < ?`,
    ];
    const sql = `SELECT Id FROM "${object.name}" ${scope.alias} WHERE ${conditions.join(' AND ')} ORDER BY SystemModstamp, rowid`;
    return engine
      .rows(sql, [formatDateTime(start.getTime()), formatDateTime(end.getTime())])
      .map((row) => String(row[0]));
  }

  function deletedBetween(
    type: string,
    start: Date,
    end: Date,
    context: CallContext,
  ): { id: string; deletedDate: string }[] {
    const object = requireObject(schema, type);
    const sql =
      'SELECT RecordId, DeletedDate FROM deletion WHERE Type = ? AND DeletedDate >= ? AND DeletedDate < ? ORDER BY DeletedDate, RecordId';
    return engine
      .rows(sql, [object.name, formatDateTime(start.getTime()), formatDateTime(end.getTime())])
      .map((row) => ({ id: String(row[0]), deletedDate: String(row[1]) }))
      .filter(({ id }) => isVisible(object, id, context.user));
  }

  function recentlyViewed(context: CallContext, options: { type?: string; limit: number }): SObjectRecord[] {
    const ofType = options.type === undefined ? '' : ' AND Type = ?2';
    const wanted = options.type === undefined ? [] : [requireObject(schema, options.type).name];
    const sql = `SELECT RecordId, Type FROM recently_viewed WHERE UserId = ?1${ofType} ORDER BY Sequence DESC`;
    const records: SObjectRecord[] = [];
    for (const [id, type] of engine.rows(sql, [context.user.id, ...wanted])) {
      if (records.length >= options.limit) break;
      const object = requireObject(schema, String(type));
      const nameField = object.nameField === 'Id' ? '' : `, ${object.nameField}`;
      records.push(
        ...executeQuery(parts, `SELECT Id${nameField} FROM ${object.name} WHERE Id = '${String(id)}'`, context, false)
          .records,
      );
    }
    return records;
  }

  return { isVisible, retrieve, findByField, updatedBetween, deletedBetween, recentlyViewed };
}
