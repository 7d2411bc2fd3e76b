import initSqlJs from 'sql.js';
import type { Database, Statement } from 'sql.js';

export type SqlValue = string | number | null;
/** A function that SQL may call. */
export type SqlFunction = (...values: never[]) => SqlValue;

const CACHED_STATEMENTS = 300;

/** SQLite in WebAssembly: prepared statements are kept, transactions nest as savepoints. */
export interface SqlEngine {
  /** Every row, each an array in column order. */
  rows(sql: string, parameters?: readonly SqlValue[]): SqlValue[][];
  /** The first column of the first row, or null. */
  value(sql: string, parameters?: readonly SqlValue[]): SqlValue;
  run(sql: string, parameters?: readonly SqlValue[]): void;
  /** Several statements without parameters, e.g. table definitions. */
  script(sql: string): void;
  defineFunction(name: string, implementation: SqlFunction): void;
  /** Runs `work` inside a savepoint; when it throws, everything it wrote is gone. */
  transaction<T>(work: () => T): T;
  /** Gives its memory back. Whatever is asked of it afterwards throws. */
  close(): void;
}

/**
 * Opens an empty database. Tables belong into the schema `org`, which is SQLite's own memory: sql.js keeps its main
 * schema as a file of an emulated disk, and copies it as it grows.
 */
export async function openSqlEngine(): Promise<SqlEngine> {
  const { Database } = await initSqlJs();
  const database = new Database();
  database.run("ATTACH ':memory:' AS org");
  return createSqlEngine(database);
}

function createSqlEngine(database: Database): SqlEngine {
  const statements = new Map<string, Statement>();
  let depth = 0;
  let isOpen = true;

  function prepared(sql: string): Statement {
    if (!isOpen) throw new Error('The database is closed.');
    let statement = statements.get(sql);
    if (statement) {
      statements.delete(sql);
    } else {
      statement = database.prepare(sql);
      const oldest = statements.keys().next().value;
      if (statements.size >= CACHED_STATEMENTS && oldest !== undefined) {
        statements.get(oldest)?.free();
        statements.delete(oldest);
      }
    }
    statements.set(sql, statement);
    return statement;
  }

  function rows(sql: string, parameters: readonly SqlValue[] = []): SqlValue[][] {
    const statement = prepared(sql);
    const found: SqlValue[][] = [];
    try {
      statement.bind([...parameters]);
      while (statement.step()) found.push(statement.get() as SqlValue[]);
    } finally {
      statement.reset();
    }
    return found;
  }

  return {
    rows,
    value: (sql, parameters) => rows(sql, parameters)[0]?.[0] ?? null,
    // sql.js only reads the list; a copy per row would be felt when the sample data is loaded.
    run: (sql, parameters = []) => prepared(sql).run(parameters as SqlValue[]),
    script: (sql) => {
      database.exec(sql);
    },
    defineFunction: (name, implementation) => {
      database.create_function(name, implementation as (...values: unknown[]) => SqlValue);
    },
    transaction: (work) => {
      const savepoint = `level_${depth}`;
      depth += 1;
      database.run(`SAVEPOINT ${savepoint}`);
      try {
        const result = work();
        database.run(`RELEASE ${savepoint}`);
        return result;
      } catch (error) {
        database.run(`ROLLBACK TO ${savepoint}; RELEASE ${savepoint}`);
        throw error;
      } finally {
        depth -= 1;
      }
    },
    close: () => {
      isOpen = false;
      statements.clear();
      database.close();
    },
  };
}
