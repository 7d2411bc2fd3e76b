import type { OrderByClause } from '@jetstreamapp/soql-parser-js';
import type { FieldDefinition } from '../database/schema/objectDefinition.ts';
import { containsAggregate, functionExpression } from './fieldExpression.ts';
import { resolvePath } from './queryScope.ts';
import type { QueryScope } from './queryScope.ts';
import { invalidField, malformedQuery } from './soqlError.ts';

/** Picklists sort in the order in which they are set up, other values behind. */
export function sortableSql(field: FieldDefinition, sql: string): string {
  if (field.type !== 'picklist' || field.picklist.length === 0) return sql;
  const cases = field.picklist.map((entry, index) => `WHEN '${entry.value.replaceAll("'", "''")}' THEN ${index}`);
  return `(CASE ${sql} ${cases.join(' ')} WHEN NULL THEN NULL ELSE CASE WHEN ${sql} IS NULL THEN NULL ELSE ${cases.length} END END)`;
}

/** The ORDER BY terms, for which the parser has one value, a list or nothing. */
export function orderByList(orderBy: OrderByClause | OrderByClause[] | undefined): OrderByClause[] {
  if (orderBy === undefined) return [];
  return Array.isArray(orderBy) ? orderBy : [orderBy];
}

/** Direction and place of nulls: first unless the query says otherwise, in both directions. */
export function direction(clause: OrderByClause): string {
  return `${clause.order ?? 'ASC'} NULLS ${clause.nulls ?? 'FIRST'}`;
}

/**
 * SQL behind ORDER BY; rows that compare equal keep the order in which they were created.
 *
 * @throws OrgError `INVALID_FIELD` for fields that cannot be sorted.
 */
export function orderBySql(scope: QueryScope, orderBy: OrderByClause | OrderByClause[] | undefined): string {
  const terms = orderByList(orderBy).map((clause) => {
    if ('fn' in clause && containsAggregate(clause.fn))
      throw malformedQuery('Ordered field must be grouped or aggregated');
    if ('fn' in clause) return `${functionExpression(scope, clause.fn).sql} ${direction(clause)}`;
    const { sql, field } = resolvePath(scope, clause.field);
    if (!field.sortable)
      throw invalidField(
        scope.environment.soql,
        clause.field,
        `field '${field.name}' can not be sorted in a query call`,
      );
    return `${sortableSql(field, sql)} ${direction(clause)}`;
  });
  return [...terms, `${scope.alias}.rowid`].join(', ');
}
