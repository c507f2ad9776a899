import { sql } from 'kysely';
import { COLUMN_TYPES } from '../column-types.ts';
import type { Migration } from '../migration.ts';

/** Passkeys, the random id of each person who has some, and the challenges that wait for an answer. */
export const passkeysMigration: Migration = async ({ kind, transaction }) => {
  const { integer, bytes, id, number, end } = COLUMN_TYPES[kind];
  const statements = [
    `CREATE TABLE passkeys (
      number ${number},
      id ${id} NOT NULL UNIQUE,
      person_id ${id} NOT NULL REFERENCES people (id),
      credential_id ${id} NOT NULL UNIQUE,
      public_key ${bytes} NOT NULL,
      counter ${integer} NOT NULL,
      transports TEXT NOT NULL,
      device_type TEXT NOT NULL,
      is_backed_up ${integer} NOT NULL,
      name TEXT NOT NULL,
      created_at ${integer} NOT NULL,
      used_at ${integer}
    ) ${end}`,
    'CREATE INDEX passkeys_person ON passkeys (person_id)',
    `CREATE TABLE passkey_user_handles (
      person_id ${id} PRIMARY KEY REFERENCES people (id),
      handle ${id} NOT NULL UNIQUE
    ) ${end}`,
    `CREATE TABLE passkey_challenges (
      number ${number},
      digest ${bytes} NOT NULL UNIQUE,
      challenge ${id} NOT NULL,
      session_id ${id},
      expires_at ${integer} NOT NULL
    ) ${end}`,
    'CREATE INDEX passkey_challenges_end ON passkey_challenges (expires_at)',
  ];
  for (const statement of statements) await sql.raw(statement).execute(transaction);
};
