import { sql } from 'kysely';
import { COLUMN_TYPES } from './column-types.ts';
import type { Migration } from './migration.ts';

/** Counts the failures of a job after which it is tried again, apart from its claims. */
export const retriesMigration: Migration = async ({ kind, transaction }) => {
  const { integer } = COLUMN_TYPES[kind];
  await sql.raw(`ALTER TABLE jobs ADD COLUMN retries ${integer} NOT NULL DEFAULT 0`).execute(transaction);
};
