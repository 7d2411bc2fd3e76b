import type { Query } from '@jetstreamapp/soql-parser-js';
import { orderByList } from './orderBy.ts';
import { withoutStrings } from './soqlError.ts';

interface Direction {
  order: 'ASC' | 'DESC' | undefined;
  nulls: 'FIRST' | 'LAST' | undefined;
}

const ORDERED = /\bGROUPING\s*\([^()]*\)((?:\s+(?:ASC|DESC)\b)?(?:\s+NULLS\s+(?:FIRST|LAST)\b)?)/gi;

/**
 * Takes the directions behind `GROUPING(…)` out of an ORDER BY clause, where the parser does not know them; blanks
 * stand in for them, so that every place in the text stays what it was.
 *
 * @see SOQL and SOSL Reference, "GROUPING(fieldName)".
 */
export function takeGroupingOrder(soql: string): { text: string; directions: readonly Direction[] } {
  const plain = withoutStrings(soql);
  const orderBy = plain.search(/\bORDER\s+BY\b(?![\s\S]*\bORDER\s+BY\b)/i);
  if (orderBy < 0) return { text: soql, directions: [] };
  const directions: Direction[] = [];
  let text = soql;
  for (const found of plain.slice(orderBy).matchAll(ORDERED)) {
    const words = (found[1] ?? '').toUpperCase();
    directions.push({
      order: words.includes('DESC') ? 'DESC' : words.includes('ASC') ? 'ASC' : undefined,
      nulls: words.includes('FIRST') ? 'FIRST' : words.includes('LAST') ? 'LAST' : undefined,
    });
    const end = orderBy + found.index + found[0].length;
    text = text.slice(0, end - words.length) + ' '.repeat(words.length) + text.slice(end);
  }
  return { text, directions };
}

/** Gives the ORDER BY terms of a parsed query the directions that were taken from its text. */
export function putGroupingOrder(query: Query, directions: readonly Direction[]): void {
  const terms = orderByList(query.orderBy).filter(
    (term) => 'fn' in term && /^GROUPING$/i.test(term.fn.functionName ?? ''),
  );
  terms.forEach((term, index) => {
    const { order, nulls } = directions[index] ?? {};
    Object.assign(term, order && { order }, nulls && { nulls });
  });
}
