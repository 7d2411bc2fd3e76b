import { createScope, rowConditions } from '../soql/queryScope.ts';
import { executeQuery, queryEnvironment } from '../soql/executeQuery.ts';
import type { QueryParts } from '../soql/executeQuery.ts';
import { requireObject } from './locateRow.ts';
import type { CallContext, SObjectRecord } from './orgDatabase.ts';
import type { IsVisible } from './recordRules.ts';
import { formatDateTime } from './storedDate.ts';

export interface RowLists {
  updatedBetween(type: string, start: Date, end: Date, context: CallContext): string[];
  deletedBetween(type: string, start: Date, end: Date, context: CallContext): { id: string; deletedDate: string }[];
  recentlyViewed(context: CallContext, options: { type?: string; limit: number }): SObjectRecord[];
}

/** Which rows were changed, deleted or looked at, as the user may see them. */
export function createRowLists(parts: QueryParts, isVisible: IsVisible): RowLists {
  const { schema, engine } = parts;

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

  return { updatedBetween, deletedBetween, recentlyViewed };
}
