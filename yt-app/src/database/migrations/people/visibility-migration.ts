import { sql } from 'kysely';
import { COLUMN_TYPES } from '../column-types.ts';
import type { Migration } from '../migration.ts';

/** The visibility of each job and item, and the time when an item was moved to the trash. */
export const visibilityMigration: Migration = async ({ kind, transaction }) => {
  const { integer } = COLUMN_TYPES[kind];
  const visibility = `visibility TEXT NOT NULL DEFAULT 'everyone' CHECK (visibility IN ('everyone', 'mine'))`;
  for (const statement of [
    `ALTER TABLE jobs ADD COLUMN ${visibility}`,
    `ALTER TABLE media ADD COLUMN ${visibility}`,
    `ALTER TABLE media ADD COLUMN deleted_at ${integer}`,
    'CREATE INDEX media_trash ON media (deleted_at, id) WHERE deleted_at IS NOT NULL',
    'CREATE INDEX media_person ON media (person_id) WHERE person_id IS NOT NULL',
  ])
    await sql.raw(statement).execute(transaction);
};
