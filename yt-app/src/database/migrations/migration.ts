import type { Kysely } from 'kysely';
import type { DatabaseKind } from '../open-database.ts';

/** One step of the schema, for both kinds of database. Never edit one that was released. */
export type Migration = (run: { readonly kind: DatabaseKind; readonly transaction: Kysely<unknown> }) => Promise<void>;
