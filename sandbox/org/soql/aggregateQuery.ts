import type { FieldType as SelectItem, Query } from '@jetstreamapp/soql-parser-js';
import { OrgError } from '../database/orgError.ts';
import type { SObjectRecord } from '../database/orgDatabase.ts';
import type { SqlEngine } from '../database/sqlEngine.ts';
import { compileCondition } from './compileCondition.ts';
import { conditionTree } from './conditionTree.ts';
import { containsAggregate, functionExpression } from './fieldExpression.ts';
import type { Expression, FunctionCall } from './fieldExpression.ts';
import { jsonValue, localizedValue } from './fieldValue.ts';
import { groupingOf } from './groupingSets.ts';
import type { Grouping } from './groupingSets.ts';
import { direction, orderByList, sortableSql } from './orderBy.ts';
import { resolvePath } from './queryScope.ts';
import type { QueryScope } from './queryScope.ts';
import { pagingSql, queryConditions } from './recordQuery.ts';
import { malformedQuery, positionOf, soqlError } from './soqlError.ts';

const MAXIMUM_ROWS = 2000;

interface Output {
  name: string;
  /** SQL of the column in one grouping set: null where the set leaves the grouped expression out. */
  sqlIn: (set: readonly number[]) => string;
  expression: Expression;
  formatted: boolean;
}

function call(item: SelectItem): FunctionCall | undefined {
  return item.type === 'FieldFunctionExpression' ? item : undefined;
}

/** Whether the query's rows are `AggregateResult`s. */
export function isAggregateQuery(query: Query): boolean {
  return (
    query.groupBy !== undefined ||
    query.having !== undefined ||
    (query.fields ?? []).some((item) => containsAggregate(call(item)))
  );
}

/** `SELECT COUNT() FROM …`: a number, no rows. */
export function isCountQuery(query: Query): boolean {
  const [only] = query.fields ?? [];
  const count = only && call(only);
  return (
    query.fields?.length === 1 &&
    count?.functionName?.toUpperCase() === 'COUNT' &&
    count.parameters?.length === 0 &&
    !query.groupBy
  );
}

/** How many rows the query finds, LIMIT and OFFSET respected. */
export function runCountQuery(engine: SqlEngine, scope: QueryScope, query: Query): number {
  if (query.orderBy) throw malformedQuery('Order by is not allowed with count()');
  const where = queryConditions(scope, query).join(' AND ') || '1';
  const rows = `SELECT 1 FROM "${scope.object.name}" ${scope.alias} ${scope.joins.join(' ')} WHERE ${where}${pagingSql(query)}`;
  return Number(engine.value(`SELECT COUNT(*) FROM (${rows})`, scope.parameters));
}

function notGrouped(scope: QueryScope, path: string): OrgError {
  const { soql } = scope.environment;
  return soqlError('MALFORMED_QUERY', soql, positionOf(soql, path), `Field must be grouped or aggregated: ${path}`);
}

/** SQL of an expression that is aggregated or grouped, per grouping set. */
function groupedSql(
  scope: QueryScope,
  grouping: Grouping,
  expression: Expression,
  aggregated: boolean,
): (set: readonly number[]) => string {
  if (aggregated) return () => expression.sql;
  const index = grouping.expressions.findIndex((candidate) => candidate.sql === expression.sql);
  if (index < 0) throw notGrouped(scope, expression.path);
  return (set) => (set.includes(index) ? expression.sql : 'NULL');
}

/** `GROUPING(Industry)`: 1 in the subtotals that leave the field out. */
function groupingFlag(
  scope: QueryScope,
  grouping: Grouping,
  candidate: FunctionCall,
): { expression: Expression; sqlIn: Output['sqlIn'] } {
  const path = String(candidate.parameters?.[0]);
  const { sql, field } = resolvePath(scope, path);
  const index = grouping.expressions.findIndex((expression) => expression.sql === sql);
  if (index < 0) throw notGrouped(scope, path);
  return {
    expression: { sql, field: { ...field, type: 'int', picklist: [] }, path },
    sqlIn: (set) => (set.includes(index) ? '0' : '1'),
  };
}

function callOutput(
  scope: QueryScope,
  grouping: Grouping,
  candidate: FunctionCall,
): { expression: Expression; sqlIn: Output['sqlIn'] } {
  if (candidate.functionName?.toUpperCase() === 'GROUPING') return groupingFlag(scope, grouping, candidate);
  const expression = functionExpression(scope, candidate);
  return { expression, sqlIn: groupedSql(scope, grouping, expression, containsAggregate(candidate)) };
}

function outputsOf(scope: QueryScope, grouping: Grouping, query: Query): Output[] {
  let unnamed = 0;
  const outputs = (query.fields ?? []).map((item): Output => {
    if (item.type === 'Field' || item.type === 'FieldRelationship') {
      const path = item.type === 'Field' ? item.field : [...item.relationships, item.field].join('.');
      const { sql, field } = resolvePath(scope, path);
      const expression = { sql, field, path };
      const name = 'alias' in item && item.alias ? item.alias : field.name;
      return { name, sqlIn: groupedSql(scope, grouping, expression, false), expression, formatted: false };
    }
    if (item.type !== 'FieldFunctionExpression')
      throw malformedQuery('Grouped query cannot use child relationships in the SELECT list');
    const formatted = item.functionName.toUpperCase() === 'FORMAT';
    const name = item.alias ?? `expr${unnamed++}`;
    return { name, ...callOutput(scope, grouping, item), formatted };
  });
  const names = outputs.map((output) => output.name.toLowerCase());
  const twice = outputs.find((output, index) => names.indexOf(output.name.toLowerCase()) !== index);
  if (twice) throw malformedQuery(`duplicate alias: ${twice.name}`);
  return outputs;
}

/** ORDER BY terms become further columns, since the grouping sets are joined by UNION. */
function orderOutputs(
  scope: QueryScope,
  grouping: Grouping,
  query: Query,
): { sqlIn: Output['sqlIn']; direction: string }[] {
  return orderByList(query.orderBy).map((clause) => {
    if ('fn' in clause) return { sqlIn: callOutput(scope, grouping, clause.fn).sqlIn, direction: direction(clause) };
    const { sql, field } = resolvePath(scope, clause.field);
    const inSet = groupedSql(scope, grouping, { sql, field, path: clause.field }, false);
    return { sqlIn: (set) => (inSet(set) === 'NULL' ? 'NULL' : sortableSql(field, sql)), direction: direction(clause) };
  });
}

/**
 * HAVING of one grouping set. It may compare what is grouped or aggregated; any other field has no one value per group,
 * and what the set leaves out is null.
 */
function havingSql(scope: QueryScope, grouping: Grouping, query: Query, set: readonly number[]): string {
  if (!query.having) return '1';
  return compileCondition(scope, conditionTree(query.having, scope.environment.soql), (test) => {
    if ('fn' in test) {
      const { expression, sqlIn } = callOutput(scope, grouping, test.fn);
      return { ...expression, sql: sqlIn(set) };
    }
    const expression = { ...resolvePath(scope, test.field), path: test.field };
    return { ...expression, sql: groupedSql(scope, grouping, expression, false)(set) };
  });
}

/**
 * Runs a query with aggregates or GROUP BY.
 *
 * @throws OrgError `MALFORMED_QUERY` for a field that is neither grouped nor aggregated; `EXCEEDED_ID_LIMIT` for more
 *   rows than fit one batch.
 */
export function runAggregateQuery(engine: SqlEngine, scope: QueryScope, query: Query): SObjectRecord[] {
  const grouping = groupingOf(scope, query.groupBy);
  const outputs = outputsOf(scope, grouping, query);
  const orders = orderOutputs(scope, grouping, query);
  const where = queryConditions(scope, query).join(' AND ') || '1';
  const statements = grouping.sets.map((set) => {
    const columns = [...outputs, ...orders].map((output) => output.sqlIn(set)).join(', ');
    const from = `FROM "${scope.object.name}" ${scope.alias} ${scope.joins.join(' ')} WHERE ${where}`;
    const group = set.map((index) => grouping.expressions[index]?.sql ?? 'NULL').join(', ');
    // The set of the grand total groups by nothing, which is still one group.
    const groupBy = query.groupBy ? ` GROUP BY ${group === '' ? 'NULL' : group}` : '';
    return `SELECT ${columns} ${from}${groupBy} HAVING ${havingSql(scope, grouping, query, set)}`;
  });
  const order = orders.map((term, index) => `${outputs.length + index + 1} ${term.direction}`).join(', ');
  const sql = `${statements.join(' UNION ALL ')}${order ? ` ORDER BY ${order}` : ''}${pagingSql(query)}`;
  const rows = engine.rows(sql, scope.parameters);
  if (rows.length > MAXIMUM_ROWS) {
    const sentence =
      'Aggregate query does not support queryMore(), use LIMIT to restrict the results to a single batch';
    throw new OrgError(400, 'EXCEEDED_ID_LIMIT', sentence);
  }
  const { locale, timeZone } = scope.environment;
  return rows.map((row) => {
    const record = { attributes: { type: 'AggregateResult' } } as SObjectRecord;
    outputs.forEach((output, index) => {
      const shown = output.formatted ? localizedValue : jsonValue;
      record[output.name] = shown(output.expression.field, row[index] ?? null, locale, timeZone);
    });
    return record;
  });
}
