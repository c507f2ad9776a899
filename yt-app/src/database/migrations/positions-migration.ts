import { sql } from 'kysely';
import { COLUMN_TYPES } from './column-types.ts';
import type { Migration } from './migration.ts';

/** The playback position of each person in each item; a position ends with its item. */
export const positionsMigration: Migration = async ({ kind, transaction }) => {
  const { integer, id, end } = COLUMN_TYPES[kind];
  const statements = [
    `CREATE TABLE positions (
      person_id ${id} NOT NULL REFERENCES people (id),
      media_id ${id} NOT NULL REFERENCES media (id) ON DELETE CASCADE,
      position_ms ${integer} NOT NULL,
      is_watched ${integer} NOT NULL,
      updated_at ${integer} NOT NULL,
      PRIMARY KEY (person_id, media_id)
    ) ${end}`,
    'CREATE INDEX positions_newest ON positions (person_id, updated_at, media_id)',
    'CREATE INDEX positions_item ON positions (media_id)',
  ];
  for (const statement of statements) await sql.raw(statement).execute(transaction);
};
