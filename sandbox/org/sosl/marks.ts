import type { SObjectRecord } from '../database/orgDatabase.ts';
import type { FieldType, ObjectDefinition } from '../database/schema/objectDefinition.ts';
import type { SqlEngine } from '../database/sqlEngine.ts';
import type { SearchTerm } from './searchTerm.ts';

/** Records per object that WITH HIGHLIGHT marks. */
export const MAXIMUM_HIGHLIGHTED = 25;

const WORD = /[\p{L}\p{N}\p{M}]+/gu;
/** What is marked; phones, picklists and addresses are not. */
const markedTypes: readonly FieldType[] = ['string', 'textarea', 'email'];
/** Objects with highlights, besides custom ones, and those with snippets. */
const highlighted = ['Account', 'Campaign', 'Contact', 'Lead', 'Opportunity', 'User'];
const snippeted = ['Case', 'FeedComment', 'FeedItem'];

/** A word as the index spells it: lower case, without accents. */
export function foldedWord(word: string): string {
  return word.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
}

/** The words a search looks for; those with wildcards, and those that must not be there, are never marked. */
export function wordsToMark(term: SearchTerm): ReadonlySet<string> {
  if (term.kind === 'words')
    return new Set(term.pattern === undefined ? (term.text.match(WORD) ?? []).map(foldedWord) : []);
  const left = wordsToMark(term.left);
  return term.kind === 'andNot' ? left : new Set([...left, ...wordsToMark(term.right)]);
}

/**
 * `highlight.<field>` for each selected field of the record that holds one of the words.
 *
 * @see SOQL and SOSL Reference, "WITH HIGHLIGHT".
 */
export function highlightsOf(
  object: ObjectDefinition,
  record: SObjectRecord,
  words: ReadonlySet<string>,
): Record<string, string> {
  if (!object.custom && !highlighted.includes(object.name)) return {};
  const entries = object.fields
    .filter((field) => markedTypes.includes(field.type) && !field.calculated && typeof record[field.name] === 'string')
    .map((field) => [field.name, String(record[field.name])] as const)
    .filter(([, text]) => positionsOf(text, words).length > 0)
    .map(([name, text]) => [`highlight.${name}`, mark(text, words)]);
  return Object.fromEntries(entries) as Record<string, string>;
}

/**
 * `snippet.text`: the neighbourhood of the first word that was found in the record's long text.
 *
 * @param length About how many characters.
 * @see SOQL and SOSL Reference, "WITH SNIPPET".
 */
export function snippetOf(
  engine: SqlEngine,
  object: ObjectDefinition,
  record: SObjectRecord,
  words: ReadonlySet<string>,
  length: number,
): Record<string, string> {
  const fields = object.fields.filter((field) => field.type === 'textarea' && field.searchGroup !== undefined);
  const id = record.attributes.url.split('/').at(-1) ?? '';
  if (!snippeted.includes(object.name) || fields.length === 0) return {};
  const [row = []] = engine.rows(
    `SELECT ${fields.map(({ name }) => `"${name}"`).join(', ')} FROM "${object.name}" WHERE Id = ?`,
    [id],
  );
  const text = row.find((value): value is string => typeof value === 'string' && positionsOf(value, words).length > 0);
  if (text === undefined) return {};
  const at = positionsOf(text, words)[0] ?? 0;
  const from = Math.max(0, Math.min(at - Math.floor(length / 2), text.length - length));
  return { 'snippet.text': mark(text.slice(from, from + length), words) };
}

function positionsOf(text: string, words: ReadonlySet<string>): number[] {
  return [...text.matchAll(WORD)].filter(([word]) => words.has(foldedWord(word))).map(({ index }) => index);
}

/** The text as HTML, its found words in `<mark>`. */
function mark(text: string, words: ReadonlySet<string>): string {
  return text.replaceAll(
    /[\p{L}\p{N}\p{M}]+|[&<>]/gu,
    (part) => entities[part] ?? (words.has(foldedWord(part)) ? `<mark>${part}</mark>` : part),
  );
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
