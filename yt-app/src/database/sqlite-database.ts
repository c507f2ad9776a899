import { openDatabase, type DatabaseOptions } from '@linkcast/kit';
import { Kysely, sql, SqliteDialect } from 'kysely';
import { MIGRATIONS, SQLITE_HISTORY } from './migrations/migrations.ts';
import type { OpenDatabase } from './open-database.ts';
import { reservePages } from './reserved-pages.ts';
import { createSqliteConnection } from './sqlite-connection.ts';

export interface SqliteOptions extends Pick<DatabaseOptions, 'isShared' | 'onRebuilt'> {
  /** Frees space after a write failed on a full disk. Returns its bytes; 0: none. Default: none. */
  readonly freeSpace?: () => number;
  /** Called with each error of a query. */
  readonly onError?: (error: unknown) => void;
}

/**
 * Pragmas while many rows are written: a larger cache (KiB, negative), and fewer checkpoints (pages). Either default of better-sqlite3
 * halves the speed.
 */
const WHILE_LOADING = ['PRAGMA cache_size = -65536', 'PRAGMA wal_autocheckpoint = 20000'];
const OTHERWISE = ['PRAGMA cache_size = -16000', 'PRAGMA wal_autocheckpoint = 1000', 'PRAGMA shrink_memory'];

/** Opens a SQLite database. Its queries share one connection, so that a transaction excludes all others. */
export function openSqlite(file: string, options: SqliteOptions = {}): OpenDatabase {
  const opened = openDatabase(file, SQLITE_HISTORY, { ...options, laterVersions: MIGRATIONS.length });
  const { onError = () => undefined } = options;
  const freeSpace = (): boolean => {
    const bytes = options.freeSpace?.() ?? 0;
    if (bytes > 0) reservePages(opened, bytes);
    return bytes > 0;
  };
  const database = createSqliteConnection(opened, { freeSpace, onError });
  const root = new Kysely<unknown>({ dialect: new SqliteDialect({ database }) });
  const execute = async (statements: readonly string[]): Promise<void> => {
    for (const statement of statements) await sql.raw(statement).execute(root);
  };
  return {
    kind: 'sqlite',
    root,
    freeSpace,
    lock: () => Promise.resolve(), // the transaction is the lock
    async write(query, transaction) {
      await transaction.executeQuery(query);
    },
    beginLoad: () => execute(WHILE_LOADING),
    endLoad: () => execute(OTHERWISE),
    async readVersion(transaction) {
      const { rows } = await sql<{ user_version: number }>`PRAGMA user_version`.execute(transaction);
      return rows[0]?.user_version ?? 0;
    },
    async writeVersion(version, transaction) {
      await sql.raw(`PRAGMA user_version = ${version}`).execute(transaction);
    },
  };
}
