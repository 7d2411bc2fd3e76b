import type {
  Condition,
  ConditionWithValueQuery,
  HavingClause,
  NegationCondition,
  WhereClause,
} from '@jetstreamapp/soql-parser-js';
import { malformedQuery, positionOf, soqlError } from './soqlError.ts';

export type Test = Exclude<ConditionWithValueQuery, NegationCondition>;

export type ConditionTree =
  { kind: 'and' | 'or'; parts: ConditionTree[] } | { kind: 'not'; part: ConditionTree } | { kind: 'test'; test: Test };

type Token = '(' | ')' | 'AND' | 'OR' | 'NOT' | Test;

function isTest(condition: Condition | ConditionWithValueQuery): condition is Test {
  return 'operator' in condition;
}

function repeat(token: '(' | ')', count: number | undefined): Token[] {
  return new Array<Token>(count ?? 0).fill(token);
}

/** The parser hands out a flat chain with counted parentheses; this is the same chain as tokens again. */
function tokensOf(clause: WhereClause | HavingClause): Token[] {
  const tokens: Token[] = [];
  let rest: WhereClause | HavingClause | undefined = clause;
  while (rest) {
    const { left } = rest;
    tokens.push(...repeat('(', left?.openParen));
    if (left && isTest(left)) {
      tokens.push(left, ...repeat(')', 'closeParen' in left ? left.closeParen : 0));
    }
    if (!('operator' in rest)) break;
    tokens.push(rest.operator);
    rest = rest.right;
  }
  return tokens;
}

/**
 * Brings the order of evaluation into a WHERE or HAVING clause.
 *
 * @throws OrgError `MALFORMED_QUERY` when AND and OR are mixed without parentheses, as Salesforce refuses it.
 */
export function conditionTree(clause: WhereClause | HavingClause, soql: string): ConditionTree {
  const tokens = tokensOf(clause);
  let next = 0;

  function operand(): ConditionTree {
    const token = tokens[next];
    next += 1;
    if (token === 'NOT') return { kind: 'not', part: operand() };
    if (token === '(') {
      const inner = chain();
      if (tokens[next] !== ')') throw malformedQuery("expecting a right parentheses, found '<EOF>'");
      next += 1;
      return inner;
    }
    if (token === undefined || typeof token === 'string')
      throw malformedQuery(`unexpected token: '${token ?? '<EOF>'}'`);
    return { kind: 'test', test: token };
  }

  function chain(): ConditionTree {
    const first = operand();
    const operator = tokens[next];
    if (operator !== 'AND' && operator !== 'OR') return first;
    const parts = [first];
    while (tokens[next] === operator) {
      next += 1;
      parts.push(operand());
    }
    const other = tokens[next];
    if (other === 'AND' || other === 'OR') {
      throw soqlError('MALFORMED_QUERY', soql, positionOf(soql, other), `unexpected token: '${other}'`);
    }
    return { kind: operator === 'AND' ? 'and' : 'or', parts };
  }

  const tree = chain();
  if (next < tokens.length) throw malformedQuery(`unexpected token: '${String(tokens[next])}'`);
  return tree;
}

/** Every comparison of a condition. */
export function testsOf(tree: ConditionTree): Test[] {
  if (tree.kind === 'test') return [tree.test];
  return tree.kind === 'not' ? testsOf(tree.part) : tree.parts.flatMap(testsOf);
}
