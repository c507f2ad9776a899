import { sql } from 'kysely';
import { COLUMN_TYPES } from '../column-types.ts';
import type { Migration } from '../migration.ts';

/** Jobs whose source is live: since when it is recorded, and whether a person wants no more of it. Items: how the recording ended. */
export const liveMigration: Migration = async ({ kind, transaction }) => {
  const { integer } = COLUMN_TYPES[kind];
  const statements = [
    `ALTER TABLE jobs ADD COLUMN live_since ${integer}`,
    `ALTER TABLE jobs ADD COLUMN is_stopping ${integer} NOT NULL DEFAULT 0`,
    'ALTER TABLE media ADD COLUMN recording TEXT',
  ];
  for (const statement of statements) await sql.raw(statement).execute(transaction);
};
