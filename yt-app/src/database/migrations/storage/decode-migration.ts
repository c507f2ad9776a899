import { sql } from 'kysely';
import { COLUMN_TYPES } from '../column-types.ts';
import type { Migration } from '../migration.ts';

/** Adds the time when an item was decoded as a whole. */
export const decodeMigration: Migration = async ({ kind, transaction }) => {
  const { integer } = COLUMN_TYPES[kind];
  const statements = [
    `ALTER TABLE media ADD COLUMN decoded_at ${integer} NOT NULL DEFAULT 0`,
    'CREATE INDEX media_undecoded ON media (number) WHERE decoded_at = 0',
  ];
  for (const statement of statements) await sql.raw(statement).execute(transaction);
};
