import { malformedQuery } from './soqlError.ts';

/** One character of a string literal; an escaped `\%` or `\_` is not a wildcard. */
export interface LiteralCharacter {
  character: string;
  escaped: boolean;
}

const escapes: Record<string, string> = {
  n: '\n',
  N: '\n',
  r: '\r',
  R: '\r',
  t: '\t',
  T: '\t',
  b: '\b',
  B: '\b',
  f: '\f',
  F: '\f',
  '"': '"',
  "'": "'",
  '\\': '\\',
  _: '_',
  '%': '%',
};

/**
 * Reads a quoted SOQL string character by character.
 *
 * @throws OrgError `MALFORMED_QUERY` for an escape that SOQL does not know.
 */
export function readStringLiteral(literal: string): LiteralCharacter[] {
  const inner = literal.slice(1, -1);
  const characters: LiteralCharacter[] = [];
  for (let index = 0; index < inner.length; index += 1) {
    const character = inner.charAt(index);
    if (character !== '\\') {
      characters.push({ character, escaped: false });
      continue;
    }
    index += 1;
    const code = inner.charAt(index);
    const unicode = /^[uU]([0-9a-fA-F]{4})/.exec(inner.slice(index));
    const known = escapes[code];
    if (unicode?.[1]) {
      characters.push({ character: String.fromCharCode(Number.parseInt(unicode[1], 16)), escaped: true });
      index += 4;
    } else if (known !== undefined) {
      characters.push({ character: known, escaped: true });
    } else {
      throw malformedQuery(
        `Invalid string literal '${inner}'. Illegal character sequence '\\${code}' in string literal.`,
      );
    }
  }
  return characters;
}

/** The text a quoted SOQL string stands for. */
export function stringValue(literal: string): string {
  return readStringLiteral(literal)
    .map((part) => part.character)
    .join('');
}

/** A quoted SOQL `LIKE` pattern as a SQLite pattern with `!` as its escape character. */
export function likePattern(literal: string): string {
  return readStringLiteral(literal)
    .map(({ character, escaped }) =>
      character === '!' || (escaped && (character === '%' || character === '_')) ? `!${character}` : character,
    )
    .join('');
}
