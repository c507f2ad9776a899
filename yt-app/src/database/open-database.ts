import type { CompiledQuery, Kysely } from 'kysely';

export type DatabaseKind = 'sqlite' | 'postgres';

/** A database, and what its kind does in a way of its own. */
export interface OpenDatabase {
  readonly kind: DatabaseKind;
  /** Each query of it is a transaction of its own. */
  readonly root: Kysely<unknown>;
  /** Frees space after a transaction failed on a full disk; true: there is some now, and it may run again. */
  readonly freeSpace: () => boolean;
  /** Takes a lock that the end of the transaction releases. */
  readonly lock: (name: string, transaction: Kysely<unknown>) => Promise<void>;
  /** Runs a statement whose answer nobody reads. It may fail as late as with the next one. */
  readonly write: (query: CompiledQuery, transaction: Kysely<unknown>) => Promise<void>;
  /** Prepares for the writing of many rows. */
  readonly beginLoad: () => Promise<void>;
  /** Called after {@link beginLoad}, when the rows are written or could not be. */
  readonly endLoad: () => Promise<void>;
  /** The version of the tables: the number of migrations that have run. */
  readonly readVersion: (transaction: Kysely<unknown>) => Promise<number>;
  readonly writeVersion: (version: number, transaction: Kysely<unknown>) => Promise<void>;
}
