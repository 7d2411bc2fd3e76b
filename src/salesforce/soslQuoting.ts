const RESERVED = /[?&|!{}[\]()^~*:\\"'+\-]/g;
const OPERATOR_WORD = /^(and|or|not)$/i;

/**
 * Escapes the characters that SOSL reserves inside the braces of FIND. Line breaks and other control characters become
 * spaces, and the words AND, OR and NOT are quoted so that a company called "This or That" is found by its name.
 *
 * @see SOQL and SOSL Reference, "FIND {SearchQuery}", reserved characters.
 */
export function escapeSoslTerm(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ')
    .split(/\s+/u)
    .filter((word) => word !== '')
    .map((word) => (OPERATOR_WORD.test(word) ? `"${word}"` : word.replaceAll(RESERVED, '\\$&')))
    .join(' ');
}

/** The same for words between double quotes, where no word is an operator. */
export function escapeSoslPhrase(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ')
    .trim()
    .replaceAll(RESERVED, '\\$&');
}

export interface SoslSearch {
  /** What the person typed. */
  term: string;
  /** Whether to find words that begin with the last word too, as a search box needs. */
  matchBeginnings?: boolean;
  /** Where to look. */
  in?: 'ALL' | 'NAME' | 'EMAIL' | 'PHONE' | 'SIDEBAR';
  /** Objects and their fields, e.g. `{ Account: ['Id', 'Name'] }`. */
  returning: Readonly<Record<string, readonly string[]>>;
  /** Most records per object. */
  limit?: number;
}

/** Shortest search term: for a shorter one SOSL answers INVALID_SEARCH. */
export const MINIMUM_SOSL_TERM_LENGTH = 2;

function apiName(name: string): string {
  if (!/^[A-Za-z]\w*(\.[A-Za-z]\w*)*$/.test(name)) throw new TypeError(`Not an API name: ${JSON.stringify(name)}`);
  return name;
}

/**
 * Writes a SOSL statement.
 *
 * @throws TypeError when the term is too short to search for, or a name is not an API name.
 */
export function soslSearch({
  term,
  matchBeginnings = false,
  in: group = 'ALL',
  returning,
  limit = 20,
}: SoslSearch): string {
  const escaped = escapeSoslTerm(term);
  if (term.trim().length < MINIMUM_SOSL_TERM_LENGTH) throw new TypeError('The search term is too short');
  if (!Number.isSafeInteger(limit) || limit < 1) throw new TypeError('The limit must be a positive integer');
  const wildcard = matchBeginnings && /[\p{L}\p{N}]$/u.test(escaped) ? '*' : '';
  const objects = Object.entries(returning).map(
    ([type, fields]) => `${apiName(type)}(${fields.map(apiName).join(', ')} LIMIT ${limit})`,
  );
  return `FIND {${escaped}${wildcard}} IN ${group} FIELDS RETURNING ${objects.join(', ')}`;
}
