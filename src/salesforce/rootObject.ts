/**
 * String literals, brackets and words: all that tells where a statement's own FROM is. A literal that is not closed
 * goes to the end, so that no word of it is taken for a name.
 */
const parts = /'(?:[^'\\]|\\[^])*(?:'|$)|[()]|\w+/g;

/**
 * The object that a SOQL statement selects from.
 *
 * @returns undefined for what names none
 * @see SOQL and SOSL Reference, "SOQL SELECT Syntax"
 */
export function rootObject(soql: string): string | undefined {
  let depth = 0;
  let isNext = false;
  for (const [part] of soql.matchAll(parts)) {
    if (isNext) return /^\w/.test(part) ? part : undefined;
    if (part === '(') depth += 1;
    else if (part === ')') depth -= 1;
    else if (depth === 0 && part.toUpperCase() === 'FROM') isNext = true;
  }
  return undefined;
}
