import { sql } from 'kysely';
import { COLUMN_TYPES } from '../column-types.ts';
import type { Migration } from '../migration.ts';

/** The cookies of sites, encrypted: of a person, or with an empty `person_id` of the installation. */
export const cookiesMigration: Migration = async ({ kind, transaction }) => {
  const { integer, id, end } = COLUMN_TYPES[kind];
  const statements = [
    `CREATE TABLE cookies (
      id ${id} NOT NULL PRIMARY KEY,
      site TEXT NOT NULL,
      person_id ${id} NOT NULL,
      sealed TEXT NOT NULL,
      cookie_count ${integer} NOT NULL,
      expires_at ${integer},
      changed_at ${integer} NOT NULL,
      version ${integer} NOT NULL
    ) ${end}`,
    'CREATE UNIQUE INDEX cookies_site ON cookies (site, person_id)',
  ];
  for (const statement of statements) await sql.raw(statement).execute(transaction);
};
