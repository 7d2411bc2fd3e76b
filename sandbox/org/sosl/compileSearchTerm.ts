import type { FieldDefinition, ObjectDefinition, SearchGroup } from '../database/schema/objectDefinition.ts';
import { visibleRows } from '../database/sharing.ts';
import { bind } from '../soql/queryScope.ts';
import type { QueryScope } from '../soql/queryScope.ts';
import { foldedWord } from './marks.ts';
import type { SearchGroupName } from './parseSosl.ts';
import type { SearchIndex } from './searchIndex.ts';
import type { SearchTerm } from './searchTerm.ts';
import { invalidSearch } from './soslError.ts';

const MOST_WORDS = 1000;

/** Columns that each search group looks into; undefined for all of them. */
const columnsOf: Record<SearchGroupName | 'OWN_NAME', readonly SearchGroup[] | undefined> = {
  ALL: undefined,
  NAME: ['name', 'besideName'],
  EMAIL: ['email'],
  PHONE: ['phone'],
  SIDEBAR: ['name', 'besideName', 'email', 'phone'],
  OWN_NAME: ['name'],
};
/** Groups in which a record is also found by the name of the record it belongs to, as a contact by its account's. */
const withParentNames: readonly SearchGroupName[] = ['ALL', 'NAME', 'SIDEBAR'];

function wordsIn(text: string): string[] {
  return text.match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
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
  const found = index.wordsLike(object, foldedWord(only));
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
  asked: SearchGroupName | 'OWN_NAME',
): string {
  const { object, alias } = scope;
  const table = index.tableOf(object);
  const group = object.searchedWhole && asked !== 'OWN_NAME' ? 'ALL' : asked;
  const parents =
    group === 'OWN_NAME' || !withParentNames.includes(group)
      ? []
      : object.fields.filter((field) => field.searchedByName);

  /** Rows that point at a row whose name holds the words. */
  function parentSql(field: FieldDefinition, query: string): string {
    const named = (field.reference?.to ?? [])
      .flatMap((name) => scope.environment.schema.object(name) ?? [])
      .map((parent) => {
        const found = `SELECT docid FROM "${index.tableOf(parent)}" WHERE "name" MATCH ${bind(scope, query)}`;
        const visible = visibleRows(parent, 'p', scope.environment.user);
        return `SELECT p."Id" FROM "${parent.name}" p WHERE p.rowid IN (${found})${visible ? ` AND ${visible}` : ''}`;
      });
    return `${alias}."${field.name}" IN (${named.join(' UNION ALL ')})`;
  }

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
    const all = [...matches, ...parents.map((field) => parentSql(field, query))];
    return all.length === 1 ? `${all[0]}` : `(${all.join(' OR ')})`;
  }

  function sqlOf(part: SearchTerm): string {
    if (part.kind === 'words') return wordsSql(part.text, part.pattern);
    const [left, right] = [sqlOf(part.left), sqlOf(part.right)];
    if (part.kind === 'andNot') return `(${left} AND NOT ${right})`;
    return `(${left} ${part.kind === 'and' ? 'AND' : 'OR'} ${right})`;
  }

  return sqlOf(term);
}
