import { sql } from 'kysely';
import type { Migration } from '../migration.ts';

/** The preferences of each person, as JSON; NULL: none. */
export const preferencesMigration: Migration = async ({ transaction }) => {
  await sql.raw('ALTER TABLE people ADD COLUMN preferences TEXT').execute(transaction);
};
