import type { ObjectDefinition, StoredRow, StoredValue } from './schema/objectDefinition.ts';
import type { SqlEngine, SqlValue } from './sqlEngine.ts';
import { storedFields } from './tables.ts';

/** Reads and writes whole rows by id; knows nothing of users or rules. */
export interface RowStore {
  /** The row, deleted or not; undefined when there never was one. */
  read(object: ObjectDefinition, id: string): StoredRow | undefined;
  insert(object: ObjectDefinition, row: StoredRow): void;
  /** The same for many rows at once, in their order; quicker than one by one. */
  insertAll(object: ObjectDefinition, rows: readonly StoredRow[]): void;
  /** Writes the named fields only. */
  write(object: ObjectDefinition, id: string, changes: StoredRow): void;
  /** Ids of the undeleted rows whose field has this value. */
  idsWhere(object: ObjectDefinition, field: string, value: SqlValue): string[];
  /** Counts up and returns the next number of the named counter (record ids, case numbers). */
  nextNumber(counter: string): number;
  /** Sets the last number given out. */
  setNumber(counter: string, value: number): void;
}

function isGiven(value: StoredValue | undefined): boolean {
  return value !== null && value !== undefined;
}

function insertSql(object: ObjectDefinition, columns: readonly string[]): string {
  return `INSERT INTO "${object.name}" ("${columns.join('", "')}") VALUES (${columns.map(() => '?').join(', ')})`;
}

/** A store over the tables that `createTables` made. */
export function createRowStore(engine: SqlEngine): RowStore {
  const inserts = new Map<string, { sql: string; columns: string[] }>();

  function insertOf(object: ObjectDefinition): { sql: string; columns: string[] } {
    const known = inserts.get(object.name);
    if (known) return known;
    const columns = storedFields(object).map((field) => field.name);
    const made = { sql: insertSql(object, columns), columns };
    inserts.set(object.name, made);
    return made;
  }

  return {
    read: (object, id) => {
      const { columns } = insertOf(object);
      const row = engine.rows(`SELECT "${columns.join('", "')}" FROM "${object.name}" WHERE Id = ?`, [id])[0];
      return row && Object.fromEntries(columns.map((column, index) => [column, row[index] ?? null]));
    },
    insert: (object, row) => {
      const { sql, columns } = insertOf(object);
      engine.run(
        sql,
        columns.map((column) => row[column] ?? null),
      );
    },
    insertAll: (object, rows) => {
      const columns = insertOf(object).columns.filter((column) => rows.some((row) => isGiven(row[column])));
      // Only columns in which a row has a value: most have none, and binding nulls would double the time of an insert.
      const sql = insertSql(object, columns);
      for (const row of rows) {
        engine.run(
          sql,
          columns.map((column) => row[column] ?? null),
        );
      }
    },
    write: (object, id, changes) => {
      const columns = Object.keys(changes);
      if (columns.length === 0) return;
      const assignments = columns.map((column) => `"${column}" = ?`).join(', ');
      engine.run(`UPDATE "${object.name}" SET ${assignments} WHERE Id = ?`, [...Object.values(changes), id]);
    },
    idsWhere: (object, field, value) => {
      const deleted = object.fields.some((candidate) => candidate.name === 'IsDeleted') ? ' AND IsDeleted = 0' : '';
      return engine
        .rows(`SELECT Id FROM "${object.name}" WHERE "${field}" = ?${deleted}`, [value])
        .map((row) => String(row[0]));
    },
    nextNumber: (counter) =>
      Number(
        engine.value(
          'INSERT INTO counter VALUES (?, 1) ON CONFLICT (Name) DO UPDATE SET Value = Value + 1 RETURNING Value',
          [counter],
        ),
      ),
    setNumber: (counter, value) => engine.run('INSERT OR REPLACE INTO counter VALUES (?, ?)', [counter, value]),
  };
}
