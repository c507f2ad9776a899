import { sql } from 'kysely';
import { COLUMN_TYPES } from '../column-types.ts';
import type { Migration } from '../migration.ts';

/** Adds the damage of an item, as JSON, and the time when its files were last compared with their checksums. */
export const damageMigration: Migration = async ({ kind, transaction }) => {
  const { integer } = COLUMN_TYPES[kind];
  const statements = [
    'ALTER TABLE media ADD COLUMN damage TEXT',
    `ALTER TABLE media ADD COLUMN checked_at ${integer} NOT NULL DEFAULT 0`,
    'CREATE INDEX media_checked ON media (checked_at, id)',
  ];
  for (const statement of statements) await sql.raw(statement).execute(transaction);
};
