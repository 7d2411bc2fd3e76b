/**
 * Levels of arrays and objects that a body may have. Deeper ones cannot be copied between pages and workers in every
 * browser, as their stack ends; Salesforce's own bodies have a dozen.
 */
export const deepestJson = 256;

/**
 * Far more arrays and objects than any body has. A value that refers to its own parts repeatedly would be written out
 * without end.
 */
const mostContainers = 5_000_000;

/**
 * Whether a value has more levels than {@link deepestJson}, or more parts than can be written out. Not recursive, as
 * deep values would overflow the stack.
 */
export function isTooDeep(value: unknown): boolean {
  const values: unknown[] = [value];
  const levels: number[] = [1];
  for (let seen = 0; values.length > 0;) {
    const container = values.pop();
    const level = levels.pop()!;
    if (typeof container !== 'object' || container === null) continue;
    if (level > deepestJson || (seen += 1) > mostContainers) return true;
    for (const part of Array.isArray(container) ? (container as unknown[]) : Object.values(container)) {
      if (typeof part !== 'object' || part === null) continue;
      values.push(part);
      levels.push(level + 1);
    }
  }
  return false;
}
