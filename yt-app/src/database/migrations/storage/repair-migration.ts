import { sql } from 'kysely';
import { COLUMN_TYPES } from '../column-types.ts';
import type { Migration } from '../migration.ts';

/** Adds the item whose files a job downloads again. */
export const repairMigration: Migration = async ({ kind, transaction }) => {
  const { id } = COLUMN_TYPES[kind];
  const statements = [
    `ALTER TABLE jobs ADD COLUMN repairs ${id}`,
    'CREATE INDEX jobs_repairs ON jobs (repairs, number) WHERE repairs IS NOT NULL',
  ];
  for (const statement of statements) await sql.raw(statement).execute(transaction);
};
