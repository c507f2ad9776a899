import { isDiskFull, type Database } from '@linkcast/kit';
import type { SqliteDatabase, SqliteStatement } from 'kysely';

export interface SqliteConnectionOptions {
  /** Frees space after a write failed on a full disk; true: there is some now. */
  readonly freeSpace: () => boolean;
  /** Called with each error of a query. */
  readonly onError: (error: unknown) => void;
}

/** Statements that are kept compiled; the oldest goes first. Lists of values of other lengths are other statements. */
const MOST_KEPT = 200;

/**
 * The connection of Kysely's queries. Statements that repeat are compiled once: SQLite does so again by itself when the schema has changed. A statement that is a transaction of its own is repeated once when the disk was full and space
 * could be freed. SQLite undoes a transaction whose commit fails; the `rollback` that follows then has nothing to do.
 */
export function createSqliteConnection(database: Database, options: SqliteConnectionOptions): SqliteDatabase {
  const attempt = <Result>(run: () => Result): Result => {
    const isAlone = !database.inTransaction;
    try {
      return run();
    } catch (error) {
      options.onError(error);
      if (isAlone && isDiskFull(error) && options.freeSpace()) return run();
      throw error;
    }
  };
  const kept = new Map<string, SqliteStatement>();
  const compile = (sql: string): SqliteStatement => {
    const statement = attempt(() => database.prepare(sql));
    return {
      reader: statement.reader,
      all: (parameters) => attempt(() => statement.all(parameters)),
      run: (parameters) => attempt(() => statement.run(parameters)),
      iterate: (parameters) => statement.iterate(parameters),
    };
  };

  return {
    close: () => void database.close(),
    prepare(sql) {
      if (sql === 'rollback' && !database.inTransaction) return NOTHING;
      const known = kept.get(sql);
      if (known) return known;
      const statement = compile(sql);
      if (kept.size >= MOST_KEPT) kept.delete(kept.keys().next().value ?? '');
      kept.set(sql, statement);
      return statement;
    },
  };
}

const NOTHING: SqliteStatement = {
  reader: false,
  all: () => [],
  run: () => ({ changes: 0, lastInsertRowid: 0 }),
  iterate: () => [][Symbol.iterator](),
};
