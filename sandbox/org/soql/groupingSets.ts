import type { GroupByClause } from '@jetstreamapp/soql-parser-js';
import { functionExpression, isDateFunction } from './fieldExpression.ts';
import type { Expression } from './fieldExpression.ts';
import { resolvePath } from './queryScope.ts';
import type { QueryScope } from './queryScope.ts';
import { invalidField, malformedQuery } from './soqlError.ts';

export interface Grouping {
  /** Every grouped expression, in order. */
  expressions: Expression[];
  /** The sets of expressions (as indexes) that rows are grouped by: one, or several for ROLLUP and CUBE. */
  sets: number[][];
}

function groupedPath(scope: QueryScope, path: string): Expression {
  const { sql, field } = resolvePath(scope, path);
  if (!field.groupable)
    throw invalidField(scope.environment.soql, path, `field '${field.name}' can not be grouped in a query call`);
  return { sql, field, path };
}

/** `ROLLUP(a, b)`: (a, b), (a), (). */
function rollup(count: number): number[][] {
  return Array.from({ length: count + 1 }, (_, dropped) =>
    Array.from({ length: count - dropped }, (__, index) => index),
  );
}

/** `CUBE(a, b)`: every subset, the whole set first. */
function cube(count: number): number[][] {
  return Array.from({ length: 2 ** count }, (_, subset) =>
    Array.from({ length: count }, (__, index) => index).filter((index) => !((subset >> (count - 1 - index)) & 1)),
  );
}

/** Resolves GROUP BY. */
export function groupingOf(scope: QueryScope, groupBy: GroupByClause | GroupByClause[] | undefined): Grouping {
  const clauses = groupBy === undefined ? [] : Array.isArray(groupBy) ? groupBy : [groupBy];
  const [first] = clauses;
  const name = first && 'fn' in first ? (first.fn.functionName ?? '').toUpperCase() : '';
  if (first && 'fn' in first && (name === 'ROLLUP' || name === 'CUBE')) {
    if (clauses.length > 1) throw malformedQuery(`unexpected token: ','`);
    const expressions = (first.fn.parameters ?? []).map((parameter) =>
      typeof parameter === 'string' ? groupedPath(scope, parameter) : functionExpression(scope, parameter),
    );
    if (expressions.length > 3) throw malformedQuery(`${name} is limited to 3 fields`);
    return { expressions, sets: name === 'ROLLUP' ? rollup(expressions.length) : cube(expressions.length) };
  }
  const expressions = clauses.map((clause) => {
    if (!('fn' in clause)) return groupedPath(scope, clause.field);
    if (!isDateFunction(clause.fn)) throw malformedQuery(`unexpected token: '${clause.fn.functionName ?? ''}'`);
    return functionExpression(scope, clause.fn);
  });
  return { expressions, sets: [expressions.map((_, index) => index)] };
}
