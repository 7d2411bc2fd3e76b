import type { FieldDefinition, ObjectDefinition, SearchGroup } from '../database/schema/objectDefinition.ts';
import type { SqlEngine } from '../database/sqlEngine.ts';

export const searchColumns: readonly SearchGroup[] = ['name', 'besideName', 'email', 'phone', 'text'];

/** The full-text index of each object: SQLite FTS4, one document per row with the row's own rowid. */
export interface SearchIndex {
  /** Name of the object's index, built now if it was never asked for. */
  tableOf(object: ObjectDefinition): string;
  /** Keeps an index that exists in step with a row that was written or deleted. */
  rowChanged(object: ObjectDefinition, id: string): void;
  /** Words of the object that fit a pattern with `*` and `?`. */
  wordsLike(object: ObjectDefinition, pattern: string): string[];
}

/** Numbers are found with and without their punctuation. */
function withoutPunctuation(column: string): string {
  return [' ', '(', ')', '-', '.', '+', '/'].reduce((sql, mark) => `replace(${sql}, '${mark}', '')`, column);
}

function textOf(fields: readonly FieldDefinition[], group: SearchGroup): string {
  const parts = fields
    .filter((field) => field.searchGroup === group)
    .flatMap((field) => {
      const column = `ifnull("${field.name}", '')`;
      return group === 'phone' ? [column, withoutPunctuation(column)] : [column];
    });
  return parts.length === 0 ? "''" : parts.join(" || ' ' || ");
}

/** Search indexes beside the org's tables, each made when it is first asked for. */
export function createSearchIndex(engine: SqlEngine): SearchIndex {
  const nameOf = (object: ObjectDefinition): string => `${object.name}_search`;
  // Asked of SQLite each time: a rolled back transaction may have taken the index away again.
  const exists = (table: string): boolean =>
    engine.value('SELECT 1 FROM org.sqlite_master WHERE name = ?', [table]) !== null;

  function fillSql(object: ObjectDefinition): string {
    const stored = object.fields.filter((field) => field.sql === undefined);
    const columns = searchColumns.map((group) => textOf(stored, group)).join(', ');
    const live = stored.some((field) => field.name === 'IsDeleted') ? 'IsDeleted = 0' : '1';
    return `INSERT INTO "${nameOf(object)}" (docid, ${searchColumns.join(', ')}) SELECT rowid, ${columns} FROM "${object.name}" WHERE ${live}`;
  }

  return {
    tableOf: (object) => {
      const table = nameOf(object);
      if (!exists(table)) {
        engine.script(
          `CREATE VIRTUAL TABLE org."${table}" USING fts4(${searchColumns.join(', ')}, tokenize=unicode61)`,
        );
        engine.script(`CREATE VIRTUAL TABLE org."${object.name}_words" USING fts4aux("${table}")`);
        engine.run(fillSql(object));
      }
      return table;
    },
    rowChanged: (object, id) => {
      const table = nameOf(object);
      if (!object.searchable || !exists(table)) return;
      engine.run(`DELETE FROM "${table}" WHERE docid = (SELECT rowid FROM "${object.name}" WHERE Id = ?)`, [id]);
      engine.run(`${fillSql(object)} AND Id = ?`, [id]);
    },
    wordsLike: (object, pattern) => {
      const sql = `SELECT DISTINCT term FROM "${object.name}_words" WHERE col = '*' AND term GLOB ?`;
      return engine.rows(sql, [pattern]).map((row) => String(row[0]));
    },
  };
}
