import { createRequire } from 'node:module';
import path from 'node:path';
import type { CallCounter } from './failing-call.ts';

type Call = (this: unknown, ...args: unknown[]) => unknown;
/** The parts of better-sqlite3 that are known here; the programs of the product import it, e2e does not. */
interface SqliteModule {
  new (file: string): { prepare(sql: string): object; close(): void };
  readonly SqliteError: new (message: string, code: string) => Error;
}

/** A dependency of yt-app, and none of ours. */
const MODULE = 'better-sqlite3';
const CALLS = ['run', 'get', 'all'] as const;

/** Makes a statement of SQLite fail when it is its turn: a disk that is full when it writes, a broken one when it reads. */
export function failDatabaseCalls(counter: CallCounter): void {
  const require = createRequire(path.resolve(import.meta.dirname, '../../../yt-app/package.json'));
  const Sqlite = require(MODULE) as SqliteModule;
  const database = new Sqlite(':memory:');
  const statement = Object.getPrototypeOf(database.prepare('select 1')) as Record<string, Call>;
  database.close();
  for (const name of CALLS) {
    const call = statement[name];
    if (!call) throw new Error(`${name} is no call of a statement`);
    statement[name] = function (...args) {
      if (!counter.isNext(`sqlite ${name}`)) return call.apply(this, args);
      throw name === 'run'
        ? new Sqlite.SqliteError('database or disk is full', 'SQLITE_FULL')
        : new Sqlite.SqliteError('disk I/O error', 'SQLITE_IOERR_READ');
    };
  }
}
