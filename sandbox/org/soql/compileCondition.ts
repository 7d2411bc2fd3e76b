import type { Query } from '@jetstreamapp/soql-parser-js';
import type { OrgError } from '../database/orgError.ts';
import type { FieldDefinition } from '../database/schema/objectDefinition.ts';
import type { SqlValue } from '../database/sqlEngine.ts';
import type { ConditionTree, Test } from './conditionTree.ts';
import { conditionTree } from './conditionTree.ts';
import { functionExpression } from './fieldExpression.ts';
import type { Expression } from './fieldExpression.ts';
import { filterValue } from './filterValue.ts';
import type { FilterValue } from './filterValue.ts';
import { bind, createScope, resolvePath, rowConditions } from './queryScope.ts';
import type { QueryScope } from './queryScope.ts';
import { filterError, malformedQuery, noSuchType } from './soqlError.ts';
import { likePattern, stringValue } from './stringLiteral.ts';
import { compareDaysOfYear, dayOfYearSql, withoutYear, type DaysOfYear } from './yearlessDate.ts';

/** What a field is compared with. */
type Comparand = FilterValue | DaysOfYear;

const nonAscii = /[^\u0000-\u007f]/;

/** NOCASE knows only ASCII letters: other text is compared after folding both sides. */
function comparable(scope: QueryScope, sql: string, value: SqlValue): [left: string, right: string] {
  if (typeof value !== 'string' || !nonAscii.test(value)) return [sql, bind(scope, value)];
  return [`sf_fold(${sql})`, bind(scope, value.toLowerCase())];
}

function compareRange(scope: QueryScope, sql: string, operator: string, range: { start: string; end: string }): string {
  const start = (): string => bind(scope, range.start);
  const end = (): string => bind(scope, range.end);
  switch (operator) {
    case '=':
      return `(${sql} >= ${start()} AND ${sql} < ${end()})`;
    case '!=':
      return `(${sql} IS NULL OR ${sql} < ${start()} OR ${sql} >= ${end()})`;
    case '<':
      return `${sql} < ${start()}`;
    case '<=':
      return `${sql} < ${end()}`;
    case '>':
      return `${sql} >= ${end()}`;
    default:
      return `${sql} >= ${start()}`;
  }
}

function compare(scope: QueryScope, sql: string, operator: string, value: Comparand): string {
  if (value.kind === 'daysOfYear') return compareDaysOfYear(sql, operator, value, (day) => bind(scope, day));
  if (value.kind === 'range') return compareRange(scope, sql, operator, value);
  const [left, right] = comparable(scope, sql, value.value);
  if (operator === '=') return value.value === null ? `${left} IS NULL` : `${left} = ${right}`;
  if (operator === '!=') return value.value === null ? `${left} IS NOT NULL` : `${left} IS NOT ${right}`;
  return `${left} ${operator} ${right}`;
}

function invalidOperator(scope: QueryScope, field: FieldDefinition, path: string): OrgError {
  const kind = field.type === 'reference' ? 'id' : field.type;
  return filterError(
    'INVALID_QUERY_FILTER_OPERATOR',
    scope.environment.soql,
    path,
    `invalid operator on ${kind} field`,
  );
}

function like(scope: QueryScope, { sql, field, path }: Expression, literal: string, literalType: string): string {
  const textual = !['id', 'reference', 'boolean', 'int', 'double', 'currency', 'percent', 'date', 'datetime'].includes(
    field.type,
  );
  if (!textual || literalType !== 'STRING') {
    throw invalidOperator(scope, field, path);
  }
  const pattern = likePattern(literal);
  // SQLite reads a pattern up to the first NUL only, and would find whatever fits until there.
  if (pattern.includes('\0')) return `CASE WHEN ${sql} IS NULL THEN NULL ELSE 0 END`;
  const [left, right] = comparable(scope, sql, pattern);
  return `${left} LIKE ${right} ESCAPE '!'`;
}

/** `INCLUDES ('A;B', 'C')`: has A and B, or has C. */
function includes(scope: QueryScope, { sql, field, path }: Expression, literals: readonly string[]): string {
  if (field.type !== 'multipicklist') {
    const sentence = 'includes operator only valid on multipicklist fields';
    throw filterError('INVALID_QUERY_FILTER_OPERATOR', scope.environment.soql, path, sentence);
  }
  const alternatives = literals.map((literal) => {
    const all = stringValue(literal)
      .split(';')
      .map((value) => bind(scope, `;${value.toLowerCase()};`));
    return `(${all.map((value) => `instr(';' || lower(${sql}) || ';', ${value}) > 0`).join(' AND ')})`;
  });
  return `(${alternatives.join(' OR ')})`;
}

/** `Id IN (SELECT AccountId FROM Contact WHERE …)`, as SQL of the inner statement. */
function semiJoin(scope: QueryScope, query: Query): string {
  const { environment } = scope;
  const object = environment.schema.object(query.sObject ?? '');
  if (!object) throw noSuchType(environment.soql, query.sObject ?? '');
  const [selected] = query.fields ?? [];
  if (query.fields?.length !== 1 || !selected || (selected.type !== 'Field' && selected.type !== 'FieldRelationship')) {
    throw malformedQuery('semi join sub-selects can only query one field');
  }
  const inner = createScope(environment, object, query.sObjectAlias, { shared: scope });
  const path = selected.type === 'Field' ? selected.field : [...selected.relationships, selected.field].join('.');
  const { sql, field } = resolvePath(inner, path);
  if (field.type !== 'id' && field.type !== 'reference') {
    throw malformedQuery(`semi join sub-selects can only query id fields, cannot use: '${field.name}'`);
  }
  if (query.limit !== undefined || query.orderBy || query.groupBy)
    throw malformedQuery('semi join sub-selects cannot use LIMIT, ORDER BY or GROUP BY');
  const conditions = [...rowConditions(inner), `${sql} IS NOT NULL`];
  if (query.where) conditions.push(compileCondition(inner, conditionTree(query.where, environment.soql)));
  return `SELECT ${sql} FROM "${object.name}" ${inner.alias} ${inner.joins.join(' ')} WHERE ${conditions.join(' AND ')}`;
}

function listed(scope: QueryScope, sql: string, values: readonly Comparand[], negated: boolean): string {
  const plain = values.flatMap((value) => (value.kind === 'value' && value.value !== null ? [value.value] : []));
  const ranges = values.flatMap((value) => (value.kind === 'value' ? [] : [compare(scope, sql, '=', value)]));
  const hasNull = values.some((value) => value.kind === 'value' && value.value === null);
  const fold = plain.some((value) => typeof value === 'string' && nonAscii.test(value));
  const items = plain.map((value) => bind(scope, fold && typeof value === 'string' ? value.toLowerCase() : value));
  const parts = [...ranges];
  if (items.length > 0) parts.push(`${fold ? `sf_fold(${sql})` : sql} IN (${items.join(', ')})`);
  if (hasNull) parts.push(`${sql} IS NULL`);
  const any = parts.length > 0 ? `(${parts.join(' OR ')})` : '0';
  return negated ? `NOT IFNULL(${any}, 0)` : any;
}

/** Literal kinds are given once for the whole list when all are alike. */
function literalTypeAt(literalType: Test['literalType'], index: number): string {
  return (Array.isArray(literalType) ? literalType[index] : literalType) ?? 'STRING';
}

function expressionOf(scope: QueryScope, test: Test): Expression {
  if ('fn' in test) return functionExpression(scope, test.fn);
  return { ...resolvePath(scope, test.field), path: test.field };
}

function compileTest(scope: QueryScope, test: Test, expression: Expression): string {
  const { field, path } = expression;
  const { environment } = scope;
  // A function over the field, such as CALENDAR_YEAR, still sees the year.
  const isYearless = field.filteredWithoutYear && 'field' in test;
  const sql = isYearless ? dayOfYearSql(expression.sql) : expression.sql;
  const operator = String(test.operator) === '<>' ? '!=' : test.operator.toUpperCase();
  if (!field.filterable || field.type === 'address') {
    throw filterError(
      'INVALID_FIELD',
      environment.soql,
      path,
      `field '${field.name}' can not be filtered in a query call`,
    );
  }
  if ('valueQuery' in test) {
    const inner = `${sql} IN (${semiJoin(scope, test.valueQuery)})`;
    if (field.type !== 'id' && field.type !== 'reference')
      throw malformedQuery(`The left operand field in the where expression for outer query cannot be: '${field.name}'`);
    return operator === 'NOT IN' ? `NOT IFNULL(${inner}, 0)` : inner;
  }
  const literals = Array.isArray(test.value) ? test.value : [test.value];
  const [first = ''] = literals;
  if (operator === 'LIKE') {
    const alternatives = literals.map((literal, index) =>
      like(scope, expression, literal, literalTypeAt(test.literalType, index)),
    );
    return `(${alternatives.join(' OR ')})`;
  }
  if (operator === 'INCLUDES') return includes(scope, expression, literals);
  if (operator === 'EXCLUDES') return `NOT IFNULL(${includes(scope, expression, literals)}, 0)`;
  const values = literals.map((literal, index): Comparand => {
    const value = filterValue(environment, field, path, literal, literalTypeAt(test.literalType, index));
    return isYearless ? withoutYear(value) : value;
  });
  if (operator === 'IN' || operator === 'NOT IN') return listed(scope, sql, values, operator === 'NOT IN');
  const [value] = values;
  if (!value || Array.isArray(test.value)) throw malformedQuery(`unexpected token: '${first}'`);
  const unordered =
    field.type === 'boolean' || field.type === 'id' || field.type === 'reference' || field.type === 'multipicklist';
  if (unordered && operator !== '=' && operator !== '!=') {
    throw invalidOperator(scope, field, path);
  }
  return compare(scope, sql, operator, value);
}

/** Finds what a comparison compares. */
type ResolveOperand = (test: Test) => Expression;

/**
 * SQL of a condition. SOQL knows true and false only: a comparison with a null value is false, and so its NOT is true.
 *
 * @param operandOf Where a path or function of the condition does not simply mean a column of the scope.
 */
export function compileCondition(
  scope: QueryScope,
  tree: ConditionTree,
  operandOf: ResolveOperand = (test) => expressionOf(scope, test),
): string {
  switch (tree.kind) {
    case 'test':
      return compileTest(scope, tree.test, operandOf(tree.test));
    case 'not':
      return `NOT IFNULL(${compileCondition(scope, tree.part, operandOf)}, 0)`;
    default:
      return `(${tree.parts.map((part) => compileCondition(scope, part, operandOf)).join(tree.kind === 'and' ? ' AND ' : ' OR ')})`;
  }
}
