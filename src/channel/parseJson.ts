/** As it is, or with some of its letters escaped. */
const prototypes = /__proto__|\\u00[567]/i;

/**
 * Parses JSON and leaves out `__proto__` members: they would change the prototype of whatever an app copies them into.
 * For JSON whose depth is known to be bounded (`judgeJson`), as a reviver takes stack for each level.
 *
 * @throws SyntaxError for what is no JSON.
 */
export function parseJson(text: string): unknown {
  // What a reviver makes undefined is left out (ECMA-262, InternalizeJSONProperty).
  return JSON.parse(
    text,
    prototypes.test(text) ? (key, value: unknown) => (key === '__proto__' ? undefined : value) : undefined,
  );
}
