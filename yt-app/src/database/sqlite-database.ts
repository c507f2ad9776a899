import { openDatabase } from '@linkcast/kit';
import { Kysely, sql, SqliteDialect } from 'kysely';
import { MIGRATIONS, SQLITE_HISTORY } from './migrations/migrations.ts';
import type { OpenDatabase } from './open-database.ts';

/** Opens a SQLite database. Its queries share one connection, so that a transaction excludes all others. */
export function openSqlite(file: string): OpenDatabase {
  const database = openDatabase(file, SQLITE_HISTORY, { laterVersions: MIGRATIONS.length });
  return {
    kind: 'sqlite',
    root: new Kysely<unknown>({ dialect: new SqliteDialect({ database }) }),
    lock: () => Promise.resolve(), // the transaction is the lock
    async readVersion(transaction) {
      const { rows } = await sql<{ user_version: number }>`PRAGMA user_version`.execute(transaction);
      return rows[0]?.user_version ?? 0;
    },
    async writeVersion(version, transaction) {
      await sql.raw(`PRAGMA user_version = ${version}`).execute(transaction);
    },
  };
}
