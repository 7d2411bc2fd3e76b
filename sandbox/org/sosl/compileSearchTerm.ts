import type { ObjectDefinition, SearchGroup } from '../database/schema/objectDefinition.ts';
import { bind } from '../soql/queryScope.ts';
import type { QueryScope } from '../soql/queryScope.ts';
import type { SearchGroupName } from './parseSosl.ts';
import type { SearchIndex } from './searchIndex.ts';
import type { SearchTerm } from './searchTerm.ts';
import { invalidSearch } from './soslError.ts';

const MOST_WORDS = 1000;

/** Columns that each search group looks into; undefined for all of them. */
const columnsOf: Record<SearchGroupName, readonly SearchGroup[] | undefined> = {
  ALL: undefined,
  NAME: ['name'],
  EMAIL: ['email'],
  PHONE: ['phone'],
  SIDEBAR: ['name', 'email', 'phone'],
};

function wordsIn(text: string): string[] {
  return text.match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
}

/** A word as the index spells it: lower case, without accents. */
function folded(word: string): string {
  return word.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
}

/** FTS query of a wildcard word: a plain prefix when the star is at the end, else the words of the index that fit. */
function wildcardQuery(index: SearchIndex, object: ObjectDefinition, pattern: string): string | undefined {
  const words = pattern.match(/[\p{L}\p{N}\p{M}*?]+/gu) ?? [];
  const [only] = words;
  if (only === undefined || words.length > 1) {
    // Several words in one, as in `tim.ba*`: a phrase whose last word may go on.
    const plain = words.map((word) => word.replaceAll(/[*?]/g, '')).filter((word) => word !== '');
    return plain.length === 0 ? undefined : `"${plain.join(' ')}*"`;
  }
  if (/^[^*?]+\*+$/.test(only)) return `"${only.replaceAll('*', '')}*"`;
  const found = index.wordsLike(object, folded(only));
  if (found.length > MOST_WORDS) throw invalidSearch(`Your search term is too common: ${pattern}`);
  return found.length === 0 ? undefined : found.map((word) => `"${word}"`).join(' OR ');
}

/**
 * SQL condition for the rows that hold the words; a word is found whole, in any case, with or without accents.
 */
export function compileSearchTerm(
  scope: QueryScope,
  index: SearchIndex,
  term: SearchTerm,
  group: SearchGroupName,
): string {
  const { object, alias } = scope;
  const table = index.tableOf(object);

  function wordsSql(text: string, pattern: string | undefined): string {
    const query =
      pattern === undefined
        ? wordsIn(text).length > 0
          ? `"${wordsIn(text).join(' ')}"`
          : undefined
        : wildcardQuery(index, object, pattern);
    if (query === undefined) return '0';
    const columns = columnsOf[group] ?? [table];
    const matches = columns.map(
      (column) => `${alias}.rowid IN (SELECT docid FROM "${table}" WHERE "${column}" MATCH ${bind(scope, query)})`,
    );
    return matches.length === 1 ? `${matches[0]}` : `(${matches.join(' OR ')})`;
  }

  function sqlOf(part: SearchTerm): string {
    if (part.kind === 'words') return wordsSql(part.text, part.pattern);
    const [left, right] = [sqlOf(part.left), sqlOf(part.right)];
    if (part.kind === 'andNot') return `(${left} AND NOT ${right})`;
    return `(${left} ${part.kind === 'and' ? 'AND' : 'OR'} ${right})`;
  }

  return sqlOf(term);
}
