import { bound, type SoqlValue } from './soqlQuoting.ts';
import { escapeSoslPhrase, escapeSoslTerm } from './soslQuoting.ts';

/** Not exported, so that other files cannot make one from a string. */
class BoundSosl {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }

  static isBound(value: unknown): value is BoundSosl {
    return typeof value === 'object' && value !== null && #text in value;
  }
}

/** SOSL whose values are quoted already: made by {@link sosl} and {@link soslPhrase} only. */
export type SoslText = BoundSosl;

/** What {@link sosl} takes between its parts: in the braces of FIND texts and phrases, elsewhere what SOQL takes. */
export type SoslValue = SoqlValue | SoslText;

export function isSoslText(value: unknown): value is SoslText {
  return BoundSosl.isBound(value);
}

/**
 * Words that must stand together in this order, for the braces of FIND.
 *
 * @throws TypeError for a text without a word
 */
export function soslPhrase(text: string): SoslText {
  return new BoundSosl(`"${searchable(escapeSoslPhrase(textOf(text)))}"`);
}

/**
 * Tagged template for SOSL. A value in the braces of FIND is words to search for: what SOSL reserves is escaped, and
 * AND, OR and NOT are words. Elsewhere values are bound as by `soql`.
 *
 * @example
 * ```ts
 * sosl`FIND {${words}*} IN NAME FIELDS RETURNING Contact(Id, Name WHERE AccountId = ${accountId} LIMIT 10)`;
 * ```
 * @throws TypeError for values that cannot stand where they are: no text in the braces, a text without a word, a value
 *   between quotes that the template has written
 * @see SOQL and SOSL Reference, "FIND {SearchQuery}", "Reserved Characters"
 */
export function sosl(parts: TemplateStringsArray, ...values: readonly SoslValue[]): SoslText {
  const place = { isSearch: false, quote: '' };
  const text = parts.reduce((before, part, index) => {
    const value = index === 0 ? '' : place.isSearch ? searchTerm(values[index - 1]) : literal(values[index - 1]);
    readOn(place, part);
    if (place.quote !== '' && index < parts.length - 1)
      throw new TypeError(
        'A value brings its own quotes: leave out those around it, and write phrases with soslPhrase()',
      );
    return before + value + part;
  }, '');
  return new BoundSosl(text);
}

/** Where in the statement the text ends: in the braces of FIND or not, and in which quotes. */
function readOn(place: { isSearch: boolean; quote: string }, part: string): void {
  for (const [character] of part.matchAll(/\\[^]|['"{}]/g)) {
    if (place.quote !== '') {
      if (character === place.quote) place.quote = '';
    } else if (character === '{' || character === '}') place.isSearch = character === '{';
    else if (character === '"' ? place.isSearch : character === "'" && !place.isSearch) place.quote = character;
  }
}

function searchTerm(value: unknown): string {
  return isSoslText(value) ? value.toString() : searchable(escapeSoslTerm(textOf(value)));
}

function literal(value: SoslValue | undefined): string {
  if (isSoslText(value)) throw new TypeError('A phrase stands in the braces of FIND only');
  return bound(['', ''], [value as SoqlValue]).toString();
}

function textOf(value: unknown): string {
  if (typeof value !== 'string') throw new TypeError('What is searched for must be a text');
  return value;
}

function searchable(escaped: string): string {
  if (escaped === '') throw new TypeError('There is nothing to search for: the text holds no word');
  return escaped;
}
