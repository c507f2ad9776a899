import { sql } from 'kysely';
import { COLUMN_TYPES } from '../column-types.ts';
import type { Migration } from '../migration.ts';

/** The personal API keys; `scopes` is a JSON list of rights. */
export const personalKeysMigration: Migration = async ({ kind, transaction }) => {
  const { integer, bytes, id, number, end } = COLUMN_TYPES[kind];
  const statements = [
    `CREATE TABLE personal_keys (
      number ${number},
      id ${id} NOT NULL UNIQUE,
      digest ${bytes} NOT NULL UNIQUE,
      person_id ${id} NOT NULL REFERENCES people (id),
      name TEXT NOT NULL,
      scopes TEXT NOT NULL,
      created_at ${integer} NOT NULL,
      used_at ${integer}
    ) ${end}`,
    'CREATE INDEX personal_keys_person ON personal_keys (person_id)',
  ];
  for (const statement of statements) await sql.raw(statement).execute(transaction);
};
