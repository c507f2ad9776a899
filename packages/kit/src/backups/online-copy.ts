import Database from 'better-sqlite3';
import path from 'node:path';
import { syncPath } from '../files/atomic-file.ts';
import { BackupRefused } from './backup-refused.ts';

/** A copy of a database that was made and checked. */
export interface DatabaseCopy {
  /** The version of its tables. */
  readonly schema: number;
  /** Number of rows by table. */
  readonly rows: Readonly<Record<string, number>>;
}

/** All pages in one step: a copy in steps would begin again with each write of another process. */
const ALL_PAGES = 0x7f_ff_ff_ff;
const BUSY_MS = 5000;

/**
 * Copies a SQLite database while other processes read and write it: the state of one moment, with all that was committed
 * before. The copy is on the disk when this resolves. It blocks this process meanwhile, and no other.
 *
 * @param target a file that is not there
 * @throws {BackupRefused} `damaged` when the database is, since its copy then is, too.
 */
export async function copyDatabase(source: string, target: string): Promise<DatabaseCopy> {
  const database = new Database(source, { readonly: true, fileMustExist: true, timeout: BUSY_MS });
  try {
    await database.backup(target, { progress: () => ALL_PAGES });
  } finally {
    database.close();
  }
  return finishDatabaseCopy(target);
}

/** Turns a SQLite file that nobody uses into one without files beside it, checks it, and syncs it. */
export async function finishDatabaseCopy(file: string): Promise<DatabaseCopy> {
  const copy = new Database(file, { fileMustExist: true });
  try {
    copy.pragma('journal_mode = DELETE'); // one in WAL mode cannot be read where nothing can be written
    if (copy.pragma('quick_check', { simple: true }) !== 'ok') throw new BackupRefused('damaged', path.basename(file));
    return { schema: Number(copy.pragma('user_version', { simple: true })), rows: countRows(copy) };
  } finally {
    copy.close();
    await syncPath(file);
  }
}

function countRows(database: Database.Database): Record<string, number> {
  const names = database
    .prepare<[], string>(
      `SELECT name FROM pragma_table_list
       WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name`,
    )
    .pluck()
    .all();
  const count = (name: string): number =>
    database.prepare<[], number>(`SELECT count(*) FROM "${name}"`).pluck().get() ?? 0;
  return Object.fromEntries(names.map((name) => [name, count(name)]));
}
