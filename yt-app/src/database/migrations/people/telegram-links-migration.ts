import { sql } from 'kysely';
import { COLUMN_TYPES } from '../column-types.ts';
import type { Migration } from '../migration.ts';

/** The links of the last minutes that connect a Telegram account to a person. */
export const telegramLinksMigration: Migration = async ({ kind, transaction }) => {
  const { integer, bytes, id, number, end } = COLUMN_TYPES[kind];
  const table = `CREATE TABLE telegram_links (
    number ${number},
    id ${id} NOT NULL UNIQUE,
    digest ${bytes} NOT NULL UNIQUE,
    person_id ${id} NOT NULL REFERENCES people (id),
    telegram_id ${integer},
    created_at ${integer} NOT NULL,
    expires_at ${integer} NOT NULL
  ) ${end}`;
  await sql.raw(table).execute(transaction);
};
