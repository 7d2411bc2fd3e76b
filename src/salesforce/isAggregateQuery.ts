/** String literals, brackets, commas and words. A literal that is not closed goes to the end. */
const parts = /'(?:[^'\\]|\\[^])*(?:'|$)|[(),]|\w+/g;
const aggregate = /^(?:count|count_distinct|sum|avg|min|max)$/i;

/**
 * Whether a SOQL statement groups or aggregates: its rows are then no records, and a lone `COUNT()` has no rows at all.
 * What its subqueries do is none of it.
 *
 * @see SOQL and SOSL Reference, "Aggregate Functions", "GROUP BY"
 */
export function isAggregateQuery(soql: string): boolean {
  const tokens = soql.match(parts) ?? [];
  const is = (index: number, word: string): boolean => tokens[index]?.toUpperCase() === word;
  /** Brackets that are open since a subquery began, its own among them. */
  let inSubquery = 0;
  let isInList = true;
  for (const [index, token] of tokens.entries()) {
    if (token === '(' && (inSubquery > 0 || is(index + 1, 'SELECT'))) inSubquery += 1;
    else if (token === ')' && inSubquery > 0) inSubquery -= 1;
    else if (inSubquery > 0) continue;
    else if (is(index, 'FROM')) isInList = false;
    else if (isInList && aggregate.test(token) && tokens[index + 1] === '(') return true;
    else if (!isInList && is(index, 'GROUP') && is(index + 1, 'BY')) return true;
  }
  return false;
}
