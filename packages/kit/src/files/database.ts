import Database from 'better-sqlite3';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { checkDatabase } from './database-check.ts';

export type { Database } from 'better-sqlite3';

/** One step of the schema: SQL that runs once, in order, in a transaction of its own. Never edit one that was released. */
export type Migration = string;

const PRAGMAS = {
  journal_mode: 'wal',
  synchronous: 2, // FULL: what was acknowledged survives a power cut
  busy_timeout: 5000,
  foreign_keys: 1,
  trusted_schema: 0,
  journal_size_limit: 16 * 2 ** 20, // a log that was larger once gives its space back
} as const;

export interface DatabaseOptions {
  /** Versions after these migrations that are accepted, because the caller migrates to them. Default 0. */
  readonly laterVersions?: number;
  /**
   * False: no other process can use the database, and SQLite needs no shared file beside it, which a full disk may not have room
   * for. Default true.
   */
  readonly isShared?: boolean;
  /** Called with SQLite's finding when full-text indexes were damaged, and have been rebuilt. The disk may be failing. */
  readonly onRebuilt?: (finding: string) => void;
}

/**
 * Opens (or makes) a SQLite database, sets its pragmas, reads them back, checks its integrity, and migrates it.
 * The schema version is `PRAGMA user_version`, the number of migrations that have run.
 *
 * @throws {DatabaseDamaged}, or SQLite's own error, when the file is damaged (see `isDamage`); an error when a pragma does not hold, or the file is from a newer version of the product.
 */
export function openDatabase(
  file: string,
  migrations: readonly Migration[],
  { laterVersions = 0, isShared = true, onRebuilt = () => undefined }: DatabaseOptions = {},
): Database.Database {
  if (file !== ':memory:') mkdirSync(path.dirname(file), { recursive: true });
  const database = new Database(file);
  try {
    if (!isShared) database.pragma('locking_mode = exclusive'); // before the log is opened
    applyPragmas(database, file);
    checkDatabase(database, { file, onRebuilt });
    refuseNewer(database, migrations.length + laterVersions, file);
    migrate(database, migrations);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function applyPragmas(database: Database.Database, file: string): void {
  for (const [name, wanted] of Object.entries(PRAGMAS)) {
    database.pragma(`${name} = ${wanted}`);
    const actual: unknown = database.pragma(name, { simple: true });
    const isMemory = file === ':memory:' && name === 'journal_mode';
    if (actual !== wanted && !isMemory)
      throw new Error(`database ${file}: ${name} is ${String(actual)}, not ${wanted}`);
  }
}

function refuseNewer(database: Database.Database, newest: number, file: string): void {
  const version = versionOf(database);
  if (version <= newest) return;
  throw new Error(
    `database ${file} is at version ${version}, but this program supports ${newest}: it is older than the data`,
  );
}

function versionOf(database: Database.Database): number {
  return Number(database.pragma('user_version', { simple: true }));
}

function migrate(database: Database.Database, migrations: readonly Migration[]): void {
  const version = versionOf(database);
  for (const [index, migration] of migrations.entries()) {
    if (index < version) continue;
    database.transaction(() => {
      database.exec(migration);
      database.pragma(`user_version = ${index + 1}`);
    })();
  }
}
