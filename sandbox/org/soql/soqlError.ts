import { OrgError } from '../database/orgError.ts';

const SNIPPET_BEFORE = 50;
const SNIPPET_AFTER = 40;

/** The end of Salesforce's sentences about names it does not know. */
const seeDescribe = 'Please reference your WSDL or the describe call for the appropriate names.';

/** String literals blanked out, so that a search by position does not find their contents; the length stays. */
export function withoutStrings(soql: string): string {
  return soql.replaceAll(/'(?:\\.|[^'\\])*'?/gs, (literal) =>
    `'${' '.repeat(Math.max(literal.length - 2, 0))}'`.slice(0, literal.length),
  );
}

/**
 * Where a name, path or operator first stands in the query (behind `from`) as a word of its own; the end when it does
 * not.
 */
export function positionOf(soql: string, token: string, from = 0): number {
  if (token === '') return soql.length;
  const escaped = token.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const word = /^\w/.test(token) && /\w$/.test(token) ? `(?<![\\w.])${escaped}(?![\\w.])` : escaped;
  const found = withoutStrings(soql).slice(from).search(new RegExp(word, 'i'));
  return found < 0 ? soql.length : found + from;
}

/** Where a filtered field stands: the WHERE clause comes behind a SELECT list that may name it too. */
export function filterPositionOf(soql: string, path: string): number {
  const where = withoutStrings(soql).search(/\bWHERE\b/i);
  return positionOf(soql, path, Math.max(where, 0));
}

/** Salesforce's block around an error: neighbourhood, caret, row and column. */
function caretBlock(soql: string, position: number): string {
  const before = soql.slice(0, position);
  const lineStart = before.lastIndexOf('\n') + 1;
  const lineEnd = soql.indexOf('\n', position);
  const line = soql.slice(lineStart, lineEnd < 0 ? soql.length : lineEnd);
  const column = position - lineStart;
  const from = Math.max(0, column - SNIPPET_BEFORE);
  const snippet = line.slice(from, column + SNIPPET_AFTER);
  return `\n${snippet}\n${' '.repeat(column - from)}^\nERROR at Row:${before.split('\n').length}:Column:${column + 1}\n`;
}

/** A query error at a place in the text. */
export function soqlError(errorCode: string, soql: string, position: number, sentence: string): OrgError {
  return new OrgError(400, errorCode, caretBlock(soql, position) + sentence);
}

/** `MALFORMED_QUERY` without a place. */
export function malformedQuery(sentence: string): OrgError {
  return new OrgError(400, 'MALFORMED_QUERY', sentence);
}

/** `INVALID_FIELD`: the object has no such field. @param path As the query has it. */
export function noSuchColumn(soql: string, path: string, name: string, entity: string): OrgError {
  const advice =
    "If you are attempting to use a custom field, be sure to append the '__c' after the custom field name.";
  return soqlError(
    'INVALID_FIELD',
    soql,
    positionOf(soql, path),
    `No such column '${name}' on entity '${entity}'. ${advice} ${seeDescribe}`,
  );
}

/** `INVALID_FIELD`: a path goes through a relationship that the object does not have. */
export function noSuchRelationship(soql: string, path: string, name: string): OrgError {
  const advice =
    "If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name.";
  const sentence = `Didn't understand relationship '${name}' in field path. ${advice} ${seeDescribe}`;
  return soqlError('INVALID_FIELD', soql, positionOf(soql, path), sentence);
}

/** `INVALID_TYPE`: a sub-query is of a child relationship that the object does not have. */
export function noSuchChildRelationship(soql: string, name: string): OrgError {
  const advice =
    "If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name.";
  const sentence = `Didn't understand relationship '${name}' in FROM part of query call. ${advice} ${seeDescribe}`;
  return soqlError('INVALID_TYPE', soql, positionOf(soql, name), sentence);
}

/** `INVALID_TYPE`: there is no such object. */
export function noSuchType(soql: string, name: string): OrgError {
  const advice = "If you are attempting to use a custom object, be sure to append the '__c' after the entity name.";
  return soqlError(
    'INVALID_TYPE',
    soql,
    positionOf(soql, name),
    `sObject type '${name}' is not supported. ${advice} ${seeDescribe}`,
  );
}

/** `INVALID_FIELD` with a sentence of its own: a field cannot be used in this way. */
export function invalidField(soql: string, path: string, sentence: string): OrgError {
  return soqlError('INVALID_FIELD', soql, positionOf(soql, path), sentence);
}

/** An error about a field of the WHERE clause. */
export function filterError(errorCode: string, soql: string, path: string, sentence: string): OrgError {
  return soqlError(errorCode, soql, filterPositionOf(soql, path), sentence);
}
