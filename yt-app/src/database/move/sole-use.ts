import { sql } from 'kysely';
import type { AppDatabase } from '../app-database.ts';
import { MoveRefused } from './move-refused.ts';

/**
 * Makes sure that no other process uses the database. SQLite: none has the file open, and none can open it while it is read or
 * written. PostgreSQL: no yt-app is connected.
 *
 * @throws {MoveRefused} in-use.
 */
export async function requireSoleUse(database: AppDatabase): Promise<void> {
  const inUse = database.kind === 'sqlite' ? !(await leaveWal(database)) : await hasOtherConnections(database);
  if (inUse) throw new MoveRefused('in-use', database.kind);
}

/** Only a connection that is alone can leave WAL; the next start of yt-app returns to it. */
async function leaveWal(database: AppDatabase): Promise<boolean> {
  try {
    await sql`SELECT count(*) FROM sqlite_schema`.execute(database.tables()); // notices the mode that others have set
    const { rows } = await sql<{ journal_mode: string }>`PRAGMA journal_mode = DELETE`.execute(database.tables());
    return ['delete', 'memory'].includes(rows[0]?.journal_mode ?? '');
  } catch (error) {
    if ((error as { code?: unknown }).code === 'SQLITE_BUSY') return false; // better-sqlite3 throws these
    throw error;
  }
}

/** yt-app keeps its connections; those of this process were made by the same client. */
async function hasOtherConnections(database: AppDatabase): Promise<boolean> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*) AS count FROM pg_stat_activity other
    JOIN pg_stat_activity own ON own.pid = pg_backend_pid()
    WHERE other.datname = current_database() AND other.application_name = own.application_name AND other.pid <> own.pid`.execute(
    database.tables(),
  );
  return (rows[0]?.count ?? 0) > 0;
}
