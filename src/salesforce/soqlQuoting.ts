import { normalizeRecordId } from './recordId.ts';

/** A value in a SOQL statement. It is quoted by type and never pasted. */
export type SoqlValue = string | number | boolean | null | Date | SoqlText | readonly SoqlValue[];

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  "'": "\\'",
  '"': '\\"',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\b': '\\b',
  '\f': '\\f',
};

/** What a statement was made of, for what takes a long list out of it. */
export interface SoqlPieces {
  parts: readonly string[];
  values: readonly SoqlValue[];
}

/** Not exported, so that other files cannot make one from a string. */
class BoundSoql {
  readonly #text: string;
  readonly #pieces: SoqlPieces;

  constructor(text: string, pieces: SoqlPieces = { parts: [text], values: [] }) {
    this.#text = text;
    this.#pieces = pieces;
  }

  toString(): string {
    return this.#text;
  }

  static isBound(value: unknown): value is BoundSoql {
    return typeof value === 'object' && value !== null && #text in value;
  }

  static piecesOf(statement: BoundSoql): SoqlPieces {
    return statement.#pieces;
  }
}

/**
 * SOQL whose values are already quoted. Only {@link soql} and the functions beside it make one, so a function that
 * takes `SoqlText` cannot be given a pasted string.
 */
export type SoqlText = BoundSoql;

/** Whether a value was made by {@link soql} or a function beside it. */
export function isSoqlText(value: unknown): value is SoqlText {
  return BoundSoql.isBound(value);
}

/** The literal parts of a statement and the values between them. */
export function soqlPieces(statement: SoqlText): SoqlPieces {
  return BoundSoql.piecesOf(statement);
}

function escapeCharacters(text: string): string {
  let escaped = '';
  for (const character of text) {
    const code = character.charCodeAt(0);
    if (ESCAPES[character] !== undefined) escaped += ESCAPES[character];
    else if (code < 0x20 || code === 0x7f || code === 0x2028 || code === 0x2029) {
      escaped += `\\u${code.toString(16).padStart(4, '0')}`;
    } else escaped += character;
  }
  return escaped;
}

/**
 * Writes a text as a SOQL string literal, quotes included.
 *
 * @see SOQL and SOSL Reference, "Quoted String Escape Sequences".
 */
export function quoteSoqlString(text: string): string {
  return `'${escapeCharacters(text)}'`;
}

function quoteLikePattern(text: string): string {
  return escapeCharacters(text).replaceAll(/[%_]/g, (wildcard) => `\\${wildcard}`);
}

/** A LIKE pattern for values that begin with this text; `%` and `_` in it stand for themselves. */
export function likeStartsWith(text: string): SoqlText {
  return new BoundSoql(`'${quoteLikePattern(checkedLength(text))}%'`);
}

/** A LIKE pattern for values that hold this text anywhere; `%` and `_` in it stand for themselves. */
export function likeContains(text: string): SoqlText {
  return new BoundSoql(`'%${quoteLikePattern(checkedLength(text))}%'`);
}

/**
 * Tagged template for a LIKE pattern: `%` and `_` in the template are wildcards, in the values they stand for
 * themselves.
 *
 * @example
 * ```ts
 * soql`SELECT Id FROM Account WHERE Name LIKE ${like`${name}% Ltd_`}`;
 * ```
 * @throws TypeError for values that are no text
 * @see SOQL and SOSL Reference, "Comparison Operators", LIKE
 */
export function like(parts: TemplateStringsArray, ...values: readonly string[]): SoqlText {
  const [first = '', ...others] = parts.map((part) => escapeCharacters(part));
  const pattern = others.reduce((text, part, index) => {
    const value: unknown = values[index];
    if (typeof value !== 'string') throw new TypeError('A LIKE pattern is made of texts');
    return text + quoteLikePattern(checkedLength(value)) + part;
  }, first);
  return new BoundSoql(`'${pattern}'`);
}

/**
 * A record id, which must be one: 15 characters, or 18 in any case, written as 18.
 *
 * @throws TypeError for a text that is no record id.
 */
export function soqlId(id: string): SoqlText {
  const normalized = typeof id === 'string' ? normalizeRecordId(id) : undefined;
  if (normalized === undefined) throw new TypeError(`Not a record id: ${JSON.stringify(String(id).slice(0, 80))}`);
  return new BoundSoql(`'${normalized}'`);
}

/** Whether a text is an API name such as `Name`, `Owner.Name` or `LEI__c`. */
export const isSoqlName = (name: string): boolean => /^[A-Za-z]\w*(\.[A-Za-z]\w*)*$/.test(name) && name.length <= 255;

/**
 * A field, relationship path or object name.
 *
 * @throws TypeError when the text is not an API name such as `Name`, `Owner.Name` or `LEI__c`.
 */
export function soqlName(name: string): SoqlText {
  if (!isSoqlName(name)) {
    throw new TypeError(`Not an API name: ${JSON.stringify(name.slice(0, 80))}`);
  }
  return new BoundSoql(name);
}

/** A comma-separated list of {@link soqlName}s, e.g. after SELECT. */
export function soqlNames(names: readonly string[]): SoqlText {
  if (names.length === 0) throw new TypeError('A field list needs at least one name');
  return new BoundSoql(names.map((name) => soqlName(name).toString()).join(', '));
}

/**
 * A date literal (no time), e.g. `2026-01-31`: of a text of that form, or of a `Date` the day in UTC. A `Date` that is
 * bound directly becomes a dateTime literal in UTC instead.
 *
 * @throws TypeError for what is no day, or one outside of the years that Salesforce takes
 * @see SOQL and SOSL Reference, "Date Formats and Date Literals in WHERE"
 */
export function soqlDate(date: Date | string): SoqlText {
  if (typeof date !== 'string') return new BoundSoql(dateTimeLiteral(date).slice(0, 10));
  const day = /^\d{4}-\d{2}-\d{2}$/.test(date) ? new Date(`${date}T00:00:00Z`) : new Date(Number.NaN);
  // JavaScript takes 31 February for a day in March.
  if (dateTimeLiteral(day).slice(0, 10) !== date) throw new TypeError(`Not a day: ${JSON.stringify(date)}`);
  return new BoundSoql(date);
}

/** Salesforce's own bounds of dates (Object Reference, "Primitive Data Types", date and dateTime). */
const firstYear = 1700;
const lastYear = 4000;

function dateTimeLiteral(date: Date): string {
  if (!(date instanceof Date) || Number.isNaN(date.getTime())) throw new TypeError('Not a valid date');
  const year = date.getUTCFullYear();
  if (year < firstYear || year > lastYear)
    throw new TypeError(`Salesforce has no date in the year ${year}: they go from ${firstYear} to ${lastYear}`);
  return date.toISOString();
}

/** Longest text in a WHERE clause (Limits and Allocations Quick Reference, "SOQL and SOSL Limits"). */
const longestText = 4_000;

function checkedLength(text: string): string {
  if (text.length > longestText)
    throw new TypeError(
      `A text in a SOQL condition has at most ${longestText} characters, this one has ${text.length}`,
    );
  return text;
}

function bind(value: SoqlValue): string {
  if (value === null) return 'null';
  if (isSoqlText(value)) return value.toString();
  if (typeof value === 'string') return quoteSoqlString(checkedLength(value));
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    const text = String(value);
    if (!/^-?\d+(\.\d+)?$/.test(text)) throw new TypeError(`Not a SOQL number: ${text}`);
    return text;
  }
  if (value instanceof Date) return dateTimeLiteral(value);
  if (Array.isArray(value)) {
    if (value.length === 0) throw new TypeError('SOQL has no empty list; leave the condition out instead');
    if (value.some((item) => Array.isArray(item))) throw new TypeError('SOQL has no list within a list');
    return `(${value.map((item: SoqlValue) => bind(item)).join(', ')})`;
  }
  throw new TypeError(
    value === undefined
      ? 'A value of the statement is undefined: null stands for nothing'
      : 'This value cannot stand in SOQL: text, number, boolean, null, Date, or a list of these',
  );
}

/** @throws TypeError where a value stands between quotes that the template has written: it would end the text. */
function refuseQuotedPlaces(parts: readonly string[]): void {
  let isQuoted = false;
  for (const part of parts.slice(0, -1)) {
    for (const [character] of part.matchAll(/\\[^]|'/g)) if (character === "'") isQuoted = !isQuoted;
    if (isQuoted)
      throw new TypeError(
        'A value brings its own quotes: leave out those around it, and write LIKE patterns with like`…`',
      );
  }
}

/**
 * Tagged template that binds every value: `` soql`SELECT Id FROM Contact WHERE Email = ${email} AND Id IN ${ids}` ``.
 * Strings are quoted, dates become dateTime literals in UTC, arrays a parenthesised list, {@link SoqlText} is inserted
 * as is. After LIKE a bound string keeps `%` and `_` as wildcards: {@link like} and the functions beside it do not.
 *
 * @throws TypeError for values SOQL cannot hold (undefined, NaN, infinite or exponent numbers, dates outside of the
 *   years 1700 to 4000, empty lists, texts of more than 4,000 characters), and for a value between quotes
 * @see SOQL and SOSL Reference, "Condition Expression Syntax (WHERE Clause)"
 */
export function soql(parts: TemplateStringsArray, ...values: readonly SoqlValue[]): SoqlText {
  refuseQuotedPlaces(parts);
  return bound(parts, values);
}

/** The same of pieces that were read before. */
export function bound(parts: readonly string[], values: readonly SoqlValue[]): SoqlText {
  const text = parts.reduce((before, part, index) => before + bind(values[index - 1] as SoqlValue) + part);
  return new BoundSoql(text, flattened(parts, values));
}

/** The pieces of a statement, with those of statements within it, so that a list in one of them can be taken out. */
function flattened(parts: readonly string[], values: readonly SoqlValue[]): SoqlPieces {
  const flat = { parts: [parts[0]!], values: [] as SoqlValue[] };
  for (const [index, value] of values.entries()) {
    const within = isSoqlText(value) ? soqlPieces(value) : undefined;
    // A pattern or a name stays what it is: its text is no part of the statement's words.
    const inner = within && within.values.length > 0 ? within : { parts: ['', ''], values: [value] };
    const [first = '', ...others] = inner.parts;
    flat.parts.push(flat.parts.pop()! + first, ...others);
    flat.values.push(...inner.values);
    flat.parts.push(flat.parts.pop()! + parts[index + 1]!);
  }
  return flat;
}

/** Joins conditions with AND or OR, each in parentheses: SOQL refuses a mix of both without them. */
export function joinConditions(operator: 'AND' | 'OR', conditions: readonly SoqlText[]): SoqlText {
  if (conditions.length === 0) throw new TypeError('There is no condition to join');
  return new BoundSoql(`(${conditions.map(String).join(` ${operator} `)})`);
}
