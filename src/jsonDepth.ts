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

const quote = 0x22;
const backslash = 0x5c;

/**
 * Judges a JSON text by its bytes, without parsing it: for who passes it on.
 *
 * @param bytes in UTF-8
 * @returns `tooDeep` for one with more levels than {@link deepestJson} or too many parts; `broken` for what certainly
 *   is no JSON, such as a text that was cut off or a web page
 */
export function judgeJson(bytes: Uint8Array): 'tooDeep' | 'broken' | undefined {
  let level = 0;
  let containers = 0;
  let isBegun = false;
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index]!;
    if (byte === quote) {
      for (index += 1; index < bytes.length && bytes[index] !== quote; index += 1)
        if (bytes[index] === backslash) index += 1;
      if (index >= bytes.length) return 'broken';
    } else if (byte === 0x7b || byte === 0x5b) {
      level += 1;
      containers += 1;
      if (level > deepestJson || containers > mostContainers) return 'tooDeep';
    } else if (byte === 0x7d || byte === 0x5d) {
      level -= 1;
      if (level < 0) return 'broken';
    } else if (!isBegun && !mayBegin(byte)) return 'broken';
    isBegun ||= byte > 0x20 && byte < 0x80;
  }
  return level === 0 && isBegun ? undefined : 'broken';
}

/** Whitespace, a byte order mark, and what numbers and names begin with. */
function mayBegin(byte: number): boolean {
  return byte <= 0x20 || byte >= 0x80 || '-0123456789tfn'.includes(String.fromCharCode(byte));
}
