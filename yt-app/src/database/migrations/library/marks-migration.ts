import { sql } from 'kysely';
import type { Migration } from '../migration.ts';

/** The marks of each item, as JSON. */
export const marksMigration: Migration = async ({ transaction }) => {
  await sql.raw("ALTER TABLE media ADD COLUMN marks TEXT NOT NULL DEFAULT '[]'").execute(transaction);
};
