import { AsyncLocalStorage } from 'node:async_hooks';
import { setImmediate } from 'node:timers/promises';
import { isDiskFull } from '@linkcast/kit';
import { sql, type Compilable, type Kysely } from 'kysely';
import { migrate } from './migrations/migrate.ts';
import type { DatabaseKind, OpenDatabase } from './open-database.ts';
import { openPostgres } from './postgres-database.ts';
import { openSqlite, type SqliteOptions } from './sqlite-database.ts';

export type { DatabaseKind } from './open-database.ts';

/** The state of the disk that keeps the database from being written. */
export type StorageLimitation = 'full' | 'read-only';

/** yt-app's database. Every write is on the disk when its promise resolves. */
export interface AppDatabase {
  readonly kind: DatabaseKind;
  /** Undefined: it can be written. Otherwise changes are refused until it is opened again. */
  readonly limitation: StorageLimitation | undefined;
  /** Queries on tables with these rows. Those that are made within {@link transaction} belong to it. */
  tables<Tables>(): Kysely<Tables>;
  /**
   * Runs a function in one transaction: all that it awaits is committed together, or not at all. Within a transaction it
   * joins that one. The function must not start queries that it does not await. It is run a second time when the disk was full and
   * space could be freed.
   */
  transaction<Result>(run: () => Promise<Result>): Promise<Result>;
  /**
   * Takes, within a transaction, the lock of this name: the next query of the transaction waits until no other transaction
   * holds it. The end of the transaction releases it.
   */
  lock(name: string): Promise<void>;
  /** Runs, within a transaction, a statement whose answer nobody reads. It may fail as late as with the next one, or with the commit. */
  write(query: Compilable): Promise<void>;
  /** Runs a function that writes many rows in several transactions: tunes SQLite meanwhile, and renews PostgreSQL's statistics afterwards. */
  load<Result>(run: () => Promise<Result>): Promise<Result>;
  /** Runs, within a transaction, a function after all else of it, directly before the commit. When it fails, the transaction is undone. */
  beforeCommit(run: () => Promise<void>): void;
  /** Calls, within a transaction, a function when it is committed. */
  afterCommit(run: () => void): void;
  /** Calls, within a transaction, a function when it has ended. It may have been undone, or its end may be unknown. */
  afterTransaction(run: () => void): void;
  /** Rejects when the database cannot be read. */
  check(): Promise<void>;
  close(): Promise<void>;
}

export interface OpenAppDatabaseOptions extends SqliteOptions {
  /** Called with the open database before anything is changed in it. */
  readonly beforeMigration?: (database: AppDatabase) => Promise<void>;
  /** Of SQLite: once the tables are up to date, nothing is written any more. Default false. */
  readonly isReadOnly?: boolean;
  /** The reason for which it is opened in a limited way. */
  readonly limitation?: StorageLimitation;
}

/**
 * Opens the database and brings its tables up to date.
 *
 * @param location a file of SQLite, which is made when it is missing; `:memory:`, which ends with the process; or the
 * `postgres://` URL of a PostgreSQL database. The URL may contain a password.
 * @throws when the database is damaged, cannot be reached, or is of a newer version; and what `beforeMigration` throws.
 */
export async function openAppDatabase(
  location: string,
  { beforeMigration, isReadOnly = false, limitation, ...options }: OpenAppDatabaseOptions = {},
): Promise<AppDatabase> {
  const isUrl = /^postgres(ql)?:/.test(location);
  const database = isUrl ? openPostgres(location) : openSqlite(location, options);
  try {
    const opened = { ...withTransactions(database), limitation };
    await beforeMigration?.(opened);
    await migrate(database);
    if (isReadOnly) await sql`PRAGMA query_only = 1`.execute(database.root);
    return opened;
  } catch (error) {
    await database.root.destroy();
    throw error;
  }
}

/** A transaction that is in progress, or has ended. */
interface Scope {
  readonly transaction: Kysely<unknown>;
  isOpen: boolean;
  readonly beforeCommit: (() => Promise<void>)[];
  readonly afterCommit: (() => void)[];
  readonly afterwards: (() => void)[];
}

function withTransactions(database: OpenDatabase): Omit<AppDatabase, 'limitation'> {
  const { kind, root, freeSpace } = database;
  const scopes = new AsyncLocalStorage<Scope>();
  /** The transaction that the caller runs in. What outlives its transaction runs outside of it. */
  const current = (): Scope | undefined => {
    const scope = scopes.getStore();
    return scope?.isOpen ? scope : undefined;
  };
  const need = (purpose: string): Scope => {
    const scope = current();
    if (!scope) throw new Error(`${purpose} outside of a transaction`);
    return scope;
  };
  const beginOnce = async <Result>(run: () => Promise<Result>): Promise<Result> => {
    const afterCommit: Scope['afterCommit'] = [];
    const afterwards: Scope['afterwards'] = [];
    try {
      const result = await root.transaction().execute(async (transaction) => {
        if (kind === 'sqlite') await setImmediate(); // its queries are synchronous: without a turn, many transactions block everything else
        return runInScope(scopes, { transaction, isOpen: true, beforeCommit: [], afterCommit, afterwards }, run);
      });
      for (const each of afterCommit) each();
      return result;
    } finally {
      for (const each of afterwards) each();
    }
  };
  /** SQLite writes most of a transaction at its commit: only as a whole can it be repeated. */
  const begin = async <Result>(run: () => Promise<Result>): Promise<Result> => {
    try {
      return await beginOnce(run);
    } catch (error) {
      if (!isDiskFull(error) || !freeSpace()) throw error;
      return beginOnce(run);
    }
  };

  return {
    kind,
    // Kysely's types of tables are for the compiler only.
    tables: <Tables>() => (current()?.transaction ?? root) as Kysely<Tables>,
    transaction: (run) => (current() ? run() : begin(run)),
    async lock(name) {
      await database.lock(name, need('a lock').transaction);
    },
    async write(query) {
      await database.write(query.compile(), need('a write').transaction);
    },
    async load(run) {
      await database.beginLoad();
      return run().finally(database.endLoad);
    },
    beforeCommit: (run) => void need('work before a commit').beforeCommit.push(run),
    afterCommit: (run) => void need('work after a commit').afterCommit.push(run),
    afterTransaction: (run) => void need('work after a transaction').afterwards.push(run),
    async check() {
      await root.selectNoFrom((select) => select.lit(1).as('one')).execute();
    },
    close: () => root.destroy(),
  };
}

async function runInScope<Result>(
  scopes: AsyncLocalStorage<Scope>,
  scope: Scope,
  run: () => Promise<Result>,
): Promise<Result> {
  try {
    return await scopes.run(scope, async () => {
      const result = await run();
      for (const each of scope.beforeCommit) await each();
      return result;
    });
  } finally {
    scope.isOpen = false;
  }
}
