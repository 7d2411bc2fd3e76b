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

/** Not exported, so that other files cannot make one from a string. */
class BoundSoql {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }
}

/**
 * SOQL whose values are already quoted. Only {@link soql} and the functions beside it make one, so a function that
 * takes `SoqlText` cannot be given a pasted string.
 */
export type SoqlText = BoundSoql;

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
  return new BoundSoql(`'${quoteLikePattern(text)}%'`);
}

/** A LIKE pattern for values that hold this text anywhere; `%` and `_` in it stand for themselves. */
export function likeContains(text: string): SoqlText {
  return new BoundSoql(`'%${quoteLikePattern(text)}%'`);
}

/**
 * A field, relationship path or object name.
 *
 * @throws TypeError when the text is not an API name such as `Name`, `Owner.Name` or `LEI__c`.
 */
export function soqlName(name: string): SoqlText {
  if (!/^[A-Za-z]\w*(\.[A-Za-z]\w*)*$/.test(name) || name.length > 255) {
    throw new TypeError(`Not an API name: ${JSON.stringify(name.slice(0, 80))}`);
  }
  return new BoundSoql(name);
}

/** A comma-separated list of {@link soqlName}s, e.g. after SELECT. */
export function soqlNames(names: readonly string[]): SoqlText {
  if (names.length === 0) throw new TypeError('A field list needs at least one name');
  return new BoundSoql(names.map((name) => soqlName(name).toString()).join(', '));
}

/** A date literal (no time), e.g. `2026-01-31`. A `Date` bound directly becomes a dateTime literal instead. */
export function soqlDate(date: Date): SoqlText {
  return new BoundSoql(date.toISOString().slice(0, 10));
}

function bind(value: SoqlValue): string {
  if (value === null) return 'null';
  if (value instanceof BoundSoql) return value.toString();
  if (typeof value === 'string') return quoteSoqlString(value);
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    const text = String(value);
    if (!/^-?\d+(\.\d+)?$/.test(text)) throw new TypeError(`Not a SOQL number: ${text}`);
    return text;
  }
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) throw new TypeError('Not a valid date');
    return value.toISOString();
  }
  if (Array.isArray(value)) {
    if (value.length === 0) throw new TypeError('SOQL has no empty list; leave the condition out instead');
    return `(${value.map((item: SoqlValue) => bind(item)).join(', ')})`;
  }
  throw new TypeError('This value cannot stand in SOQL');
}

/**
 * Tagged template that binds every value: `` soql`SELECT Id FROM Contact WHERE Email = ${email} AND Id IN ${ids}` ``.
 * Strings are quoted, dates become dateTime literals, arrays a parenthesised list, {@link SoqlText} is inserted as is.
 *
 * @throws TypeError for values SOQL cannot hold (NaN, infinite or exponent numbers, invalid dates, empty lists).
 */
export function soql(parts: TemplateStringsArray, ...values: readonly SoqlValue[]): SoqlText {
  return new BoundSoql(parts.reduce((text, part, index) => text + bind(values[index - 1] ?? null) + part));
}

/** Joins conditions with AND or OR, each in parentheses: SOQL refuses a mix of both without them. */
export function joinConditions(operator: 'AND' | 'OR', conditions: readonly SoqlText[]): SoqlText {
  if (conditions.length === 0) throw new TypeError('There is no condition to join');
  return new BoundSoql(`(${conditions.map(String).join(` ${operator} `)})`);
}
