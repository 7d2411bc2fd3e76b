/** Longer texts are cut: a path that an app asks for may have hundreds of thousands of characters. */
const longestText = 2_000;

/**
 * Writes a record as one line of a log: JSON in which invisible characters are escaped. A JSON reader gets the same
 * texts.
 */
export function logLine(record: object): string {
  const json = JSON.stringify(record, (_member, value: unknown) =>
    typeof value === 'string' && value.length > longestText ? `${value.slice(0, longestText)}…` : value,
  );
  return escapeInvisible(json);
}

/**
 * Escapes the characters that a terminal, page or viewer acts on instead of showing them: line and paragraph
 * separators, control characters (ECMA-48), and those that change the direction of text (Unicode UAX #9). Apps choose
 * some of the logged texts. They are written as JSON's `\uXXXX`.
 */
export function escapeInvisible(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
    character.replaceAll(/[^]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
  );
}
