import type { Query } from '@jetstreamapp/soql-parser-js';
import { OrgError } from '../database/orgError.ts';
import type { SObjectRecord } from '../database/orgDatabase.ts';
import type { SqlEngine, SqlValue } from '../database/sqlEngine.ts';
import { compileCondition } from './compileCondition.ts';
import { conditionTree, testsOf } from './conditionTree.ts';
import { containsAggregate } from './fieldExpression.ts';
import { orderBySql } from './orderBy.ts';
import { bind, createScope, rowConditions } from './queryScope.ts';
import type { QueryScope } from './queryScope.ts';
import { buildRecord } from './recordShape.ts';
import type { RecordShape, ShapeEntry } from './recordShape.ts';
import { addSelectItem, createSelectList } from './selectList.ts';
import type { SelectList } from './selectList.ts';
import { malformedQuery, noSuchChildRelationship } from './soqlError.ts';

const MAXIMUM_OFFSET = 2000;

/** A finished statement and how its rows become records. */
export interface RecordQuery {
  sql: string;
  parameters: SqlValue[];
  shape: RecordShape;
  apiVersion: string;
}

/** LIMIT and OFFSET; SQLite wants a limit in front of an offset. */
export function pagingSql(query: Query): string {
  if ((query.offset ?? 0) > MAXIMUM_OFFSET) {
    throw new OrgError(400, 'NUMBER_OUTSIDE_VALID_RANGE', `Maximum SOQL offset allowed is ${MAXIMUM_OFFSET}`);
  }
  if (query.limit === undefined && query.offset === undefined) return '';
  return ` LIMIT ${query.limit ?? -1} OFFSET ${query.offset ?? 0}`;
}

/** Conditions of the query itself: USING SCOPE and WHERE. */
export function queryConditions(scope: QueryScope, query: Query): string[] {
  const { soql, user, schema } = scope.environment;
  const conditions = rowConditions(scope);
  const asked = query.usingScope?.toLowerCase();
  if (asked === 'mine') {
    if (!schema.field(scope.object, 'OwnerId'))
      throw malformedQuery(`Unsupported scope 'mine' for object type '${scope.object.name}'`);
    conditions.push(`${scope.alias}."OwnerId" = ${bind(scope, user.id)}`);
  } else if (asked !== undefined && asked !== 'everything') {
    throw malformedQuery(`Unsupported scope '${query.usingScope}' for object type '${scope.object.name}'`);
  }
  if (query.withDataCategory) throw malformedQuery('WITH DATA CATEGORY is only available for knowledge articles');
  if (query.where) {
    const tree = conditionTree(query.where, soql);
    const aggregated = testsOf(tree).find((test) => 'fn' in test && containsAggregate(test.fn));
    if (aggregated) throw malformedQuery('Aggregate expressions are not allowed in the WHERE clause; use HAVING');
    conditions.push(compileCondition(scope, tree));
  }
  return conditions;
}

/** What a statement is asked beyond the query's own text, as SQL. */
export interface Additions {
  conditions?: readonly string[];
  /** Goes before the query's own order. */
  order?: readonly string[];
}

/** Completes a select list to a statement. */
export function recordStatement(scope: QueryScope, list: SelectList, query: Query, added: Additions = {}): RecordQuery {
  const conditions = [...(added.conditions ?? []), ...queryConditions(scope, query)];
  const order = [...(added.order ?? []), orderBySql(scope, query.orderBy)].join(', ');
  const from = `FROM "${scope.object.name}" ${scope.alias} ${scope.joins.join(' ')}`;
  const where = conditions.length > 0 ? ` WHERE ${conditions.join(' AND ')}` : '';
  const sql = `SELECT ${list.columns.join(', ')} ${from}${where} ORDER BY ${order}${pagingSql(query)}`;
  return { sql, parameters: scope.parameters, shape: list.shape, apiVersion: scope.environment.apiVersion };
}

/** Runs a compiled query and builds its records. */
export function runRecordQuery(engine: SqlEngine, compiled: RecordQuery): SObjectRecord[] {
  return engine
    .rows(compiled.sql, compiled.parameters)
    .map((row) => buildRecord(compiled.shape, row, compiled.apiVersion));
}

/** `(SELECT … FROM Contacts …)`: one statement, run for each parent row. */
function compileChildren(
  engine: SqlEngine,
  parent: QueryScope,
  subquery: Query & { relationshipName: string },
): { name: string; entry: ShapeEntry } {
  const { schema, soql } = parent.environment;
  const asked = subquery.relationshipName;
  const relation = schema
    .childRelationships(parent.object)
    .find((candidate) => candidate.relationshipName?.toLowerCase() === asked.toLowerCase());
  if (!relation?.relationshipName) throw noSuchChildRelationship(soql, asked);
  if (subquery.groupBy) throw malformedQuery('Only root queries support aggregate expressions');
  const scope = createScope(parent.environment, relation.childObject, subquery.sObjectAlias);
  const ofParent = `${scope.alias}."${relation.field.name}" = ${bind(scope, null)}`;
  const compiled = compileRecordQuery(engine, scope, subquery, { conditions: [ofParent] });
  const read = (parentId: string): unknown => {
    compiled.parameters[0] = parentId;
    const records = runRecordQuery(engine, compiled);
    return records.length === 0 ? null : { totalSize: records.length, done: true, records };
  };
  return { name: relation.relationshipName, entry: { kind: 'children', read } };
}

/** Compiles a query whose rows are records (no aggregates). */
export function compileRecordQuery(
  engine: SqlEngine,
  scope: QueryScope,
  query: Query,
  added: Additions = {},
): RecordQuery {
  const list = createSelectList(scope);
  for (const item of query.fields ?? []) {
    addSelectItem(list, scope, item, query.limit, (parent, subquery) => compileChildren(engine, parent, subquery));
  }
  return recordStatement(scope, list, query, added);
}
