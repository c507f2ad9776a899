import Database from 'better-sqlite3';
import { BackupRefused } from './backup-refused.ts';

/**
 * Checks a SQLite file that nobody uses, without writing beside it: its pages, and its version.
 *
 * @param name its name in messages
 * @param newestSchema the version of the tables that this program knows
 * @returns the version of its tables
 * @throws {BackupRefused} `damaged`, or `newer`.
 */
export function checkDatabaseCopy(file: string, name: string, newestSchema: number): number {
  const { state, schema } = examine(file, name);
  if (state !== 'ok') throw new BackupRefused('damaged', name);
  if (schema > newestSchema) throw new BackupRefused('newer', name);
  return schema;
}

function examine(file: string, name: string): { readonly state: unknown; readonly schema: number } {
  try {
    return readDatabaseCopy(file, (database) => ({
      state: database.pragma('quick_check', { simple: true }),
      schema: Number(database.pragma('user_version', { simple: true })),
    }));
  } catch (error) {
    throw new BackupRefused('damaged', name, { cause: error });
  }
}

/** Reads a SQLite file that nobody uses, without writing beside it. @throws what SQLite reports */
export function readDatabaseCopy<Result>(file: string, read: (database: Database.Database) => Result): Result {
  const database = new Database(file, { readonly: true, fileMustExist: true });
  try {
    return read(database);
  } finally {
    database.close();
  }
}
