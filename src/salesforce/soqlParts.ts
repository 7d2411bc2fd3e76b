import { bound, soqlPieces, type SoqlPieces, type SoqlText, type SoqlValue } from './soqlQuoting.ts';

/** Longest statement (Limits and Allocations Quick Reference, "SOQL and SOSL Limits": 100,000 characters). */
export const longestSoql = 100_000;

/** What a statement must not hold for its rows to be those of its parts, one after the other. */
const indivisible = [
  [/\bOR\b/i, 'OR'],
  [/\bNOT\b/i, 'NOT'],
  [/\bORDER\s+BY\b/i, 'ORDER BY'],
  [/\bGROUP\s+BY\b/i, 'GROUP BY'],
  [/\b(?:COUNT|COUNT_DISTINCT|SUM|AVG|MIN|MAX)\s*\(/i, 'an aggregate function'],
  [/\bLIMIT\b/i, 'LIMIT'],
  [/\bOFFSET\b/i, 'OFFSET'],
] as const;

/**
 * A statement as several that Salesforce takes: as it is when it is short enough, otherwise with its longest list cut
 * in pieces, each value once. Their rows together are those of the whole statement where it is a plain one: the list
 * stands after IN, and nothing in the statement orders, counts, limits, joins by OR, negates or is a subquery.
 *
 * @throws TypeError for a statement that is too long and cannot be cut, with the reason.
 */
export function soqlParts(statement: SoqlText, longest = longestSoql): SoqlText[] {
  const { length } = statement.toString();
  if (length <= longest) return [statement];
  const tooLong = `The SOQL statement has ${length} characters, Salesforce takes ${longest}`;
  const pieces = soqlPieces(statement);
  const at = longestList(pieces);
  if (at === undefined) throw new TypeError(`${tooLong}: it holds no list that could be cut`);
  const before = pieces.parts[at]!;
  if (!/(?<!\bNOT\s{1,20})\bIN\s*$/i.test(before))
    throw new TypeError(`${tooLong}, and its list can be cut only after IN`);
  const written = pieces.parts.join(' ');
  const found =
    [...written.matchAll(/\bSELECT\b/gi)].length > 1
      ? 'a subquery'
      : indivisible.find(([pattern]) => pattern.test(written))?.[1];
  if (found)
    throw new TypeError(
      `${tooLong}, and its list cannot be cut, as the statement holds ${found}: ask for parts of the list yourself`,
    );
  if (pieces.values.some((value, index) => index !== at && isSoqlWithOperators(value)))
    throw new TypeError(`${tooLong}, and its list cannot be cut, as a statement stands within it`);
  return cut(pieces, at, length, longest);
}

/** A condition that was put in whole may hold anything. */
function isSoqlWithOperators(value: SoqlValue): boolean {
  return typeof value === 'object' && value !== null && 'toString' in value && !(value instanceof Date)
    ? indivisible.some(([pattern]) => pattern.test(String(value)))
    : false;
}

function longestList({ values }: SoqlPieces): number | undefined {
  const lists = values.flatMap((value, index) => (Array.isArray(value) ? [{ index, size: value.length }] : []));
  return lists.toSorted((left, right) => right.size - left.size)[0]?.index;
}

function cut({ parts, values }: SoqlPieces, at: number, length: number, longest: number): SoqlText[] {
  const items = [...new Set(values[at] as readonly SoqlValue[])];
  const withItems = (some: readonly SoqlValue[]) =>
    bound(
      parts,
      values.map((value, index) => (index === at ? some : value)),
    );
  const statements: SoqlText[] = [];
  // As many as on an average fit, and half of them where these are longer.
  let size = Math.max(1, Math.floor((items.length * longest) / length));
  for (let from = 0; from < items.length;) {
    const part = withItems(items.slice(from, from + size));
    if (part.toString().length <= longest) {
      statements.push(part);
      from += size;
    } else if (size > 1) size = Math.ceil(size / 2);
    else throw new TypeError(`The SOQL statement is longer than the ${longest} characters that Salesforce takes`);
  }
  return statements;
}
