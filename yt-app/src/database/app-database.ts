import { AsyncLocalStorage } from 'node:async_hooks';
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
  /** Rejects when the database cannot be read. */
  check(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the database and brings its tables up to date.
 *
 * @param location a file of SQLite, which is made when it is missing; `:memory:`, which ends with the process; or the
 * `postgres://` URL of a PostgreSQL database. The URL may contain a password.
 * @throws when the database is damaged, cannot be reached, or is of a newer version.
 */
export async function openAppDatabase(location: string): Promise<AppDatabase> {
  const isUrl = /^postgres(ql)?:/.test(location);
  const database = isUrl ? openPostgres(location) : openSqlite(location);
  try {
    await migrate(database);
    return withTransactions(database);
  } catch (error) {
    await database.root.destroy();
    throw error;
  }
}

/** A transaction that is in progress, or has ended. */
interface Scope {
  readonly transaction: Kysely<unknown>;
  isOpen: boolean;
}

function withTransactions({ kind, root, lock }: OpenDatabase): AppDatabase {
  const scopes = new AsyncLocalStorage<Scope>();
  /** The transaction that the caller runs in. What outlives its transaction runs outside of it. */
  const current = (): Kysely<unknown> | undefined => {
    const scope = scopes.getStore();
    return scope?.isOpen ? scope.transaction : undefined;
  };

  return {
    kind,
    // Kysely's types of tables are for the compiler only.
    tables: <Tables>() => (current() ?? root) as Kysely<Tables>,
    transaction(run) {
      if (current()) return run();
      return root.transaction().execute(async (transaction) => {
        const scope: Scope = { transaction, isOpen: true };
        try {
          return await scopes.run(scope, run);
        } finally {
          scope.isOpen = false;
        }
      });
    },
    async lock(name) {
      const transaction = current();
      if (!transaction) throw new Error('a lock outside of a transaction would be released at once');
      await lock(name, transaction);
    },
    async check() {
      await root.selectNoFrom((select) => select.lit(1).as('one')).execute();
    },
    close: () => root.destroy(),
  };
}
