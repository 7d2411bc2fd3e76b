/**
 * Parses JSON without `__proto__` members, which would change the prototype of whatever an app copies them into. Linear
 * in the length of the text, and not recursive.
 *
 * @throws SyntaxError for what is no JSON.
 */
export function parseJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  // The name may be written with some of its letters escaped.
  if (text.includes('__proto__') || /\\u00[567]/i.test(text)) dropPrototypes(value);
  return value;
}

function dropPrototypes(value: unknown): void {
  const open: unknown[] = [value];
  while (open.length > 0) {
    const container = open.pop();
    if (typeof container !== 'object' || container === null) continue;
    if (Object.hasOwn(container, '__proto__')) delete (container as { __proto__?: unknown }).__proto__;
    for (const part of Array.isArray(container) ? (container as unknown[]) : Object.values(container)) {
      if (typeof part === 'object' && part !== null) open.push(part);
    }
  }
}
