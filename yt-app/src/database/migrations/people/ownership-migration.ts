import { sql } from 'kysely';
import { COLUMN_TYPES } from '../column-types.ts';
import type { Migration } from '../migration.ts';

/** The person of each job and item. Those of the earlier versions have none. */
export const ownershipMigration: Migration = async ({ kind, transaction }) => {
  const { id } = COLUMN_TYPES[kind];
  for (const statement of [
    `ALTER TABLE jobs ADD COLUMN person_id ${id}`,
    `ALTER TABLE media ADD COLUMN person_id ${id}`,
  ])
    await sql.raw(statement).execute(transaction);
};
