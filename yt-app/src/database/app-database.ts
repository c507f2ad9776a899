import { AsyncLocalStorage } from 'node:async_hooks';
import { setImmediate } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import { migrate } from './migrations/migrate.ts';
import type { DatabaseKind, OpenDatabase } from './open-database.ts';
import { openPostgres } from './postgres-database.ts';
import { openSqlite } from './sqlite-database.ts';

export type { DatabaseKind } from './open-database.ts';

/** yt-app's database. Every write is on the disk when its promise resolves. */
export interface AppDatabase {
  readonly kind: DatabaseKind;
  /** Queries on tables with these rows. Those that are made within {@link transaction} belong to it. */
  tables<Tables>(): Kysely<Tables>;
  /**
   * Runs a function in one transaction: all that it awaits is committed together, or not at all. Within a transaction it
   * joins that one. The function must not start queries that it does not await.
   */
  transaction<Result>(run: () => Promise<Result>): Promise<Result>;
  /**
   * Waits, within a transaction, until no other transaction holds the lock of this name; the end of the transaction
   * releases it.
   */
  lock(name: string): Promise<void>;
  /** Runs, within a transaction, a function after all else of it, directly before the commit. When it fails, the transaction is undone. */
  beforeCommit(run: () => Promise<void>): void;
  /** Calls, within a transaction, a function when it has ended. It may have been undone, or its end may be unknown. */
  afterTransaction(run: () => void): void;
  /** Rejects when the database cannot be read. */
  check(): Promise<void>;
  close(): Promise<void>;
}

export interface OpenAppDatabaseOptions {
  /** Called with the open database before anything is changed in it. */
  readonly beforeMigration?: (database: AppDatabase) => Promise<void>;
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
  { beforeMigration }: OpenAppDatabaseOptions = {},
): Promise<AppDatabase> {
  const isUrl = /^postgres(ql)?:/.test(location);
  const database = isUrl ? openPostgres(location) : openSqlite(location);
  try {
    const opened = withTransactions(database);
    await beforeMigration?.(opened);
    await migrate(database);
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
  readonly afterwards: (() => void)[];
}

function withTransactions({ kind, root, lock }: OpenDatabase): AppDatabase {
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
  const begin = async <Result>(run: () => Promise<Result>): Promise<Result> => {
    const afterwards: Scope['afterwards'] = [];
    try {
      return await root.transaction().execute(async (transaction) => {
        if (kind === 'sqlite') await setImmediate(); // its queries are synchronous: without a turn, many transactions block everything else
        return runInScope(scopes, { transaction, isOpen: true, beforeCommit: [], afterwards }, run);
      });
    } finally {
      for (const each of afterwards) each();
    }
  };

  return {
    kind,
    // Kysely's types of tables are for the compiler only.
    tables: <Tables>() => (current()?.transaction ?? root) as Kysely<Tables>,
    transaction: (run) => (current() ? run() : begin(run)),
    async lock(name) {
      await lock(name, need('a lock').transaction);
    },
    beforeCommit: (run) => void need('work before a commit').beforeCommit.push(run),
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
