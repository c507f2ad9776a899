import { sql } from 'kysely';
import { COLUMN_TYPES } from '../column-types.ts';
import type { Migration } from '../migration.ts';

/** Adds the item whose files a job starts with. */
export const itemJobsMigration: Migration = async ({ kind, transaction }) => {
  const { id } = COLUMN_TYPES[kind];
  const statements = [
    `ALTER TABLE jobs ADD COLUMN from_item ${id}`,
    'CREATE INDEX jobs_from_item ON jobs (from_item, number) WHERE from_item IS NOT NULL',
  ];
  for (const statement of statements) await sql.raw(statement).execute(transaction);
};
