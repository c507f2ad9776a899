import { sql } from 'kysely';
import { COLUMN_TYPES } from '../column-types.ts';
import type { Migration } from '../migration.ts';

/**
 * The limits of members: the defaults are one row, the exceptions of a person a JSON object. A job counts for the day of its
 * submission, which a retry sets anew.
 */
export const limitsMigration: Migration = async ({ kind, transaction }) => {
  const { integer, end } = COLUMN_TYPES[kind];
  const statements = [
    `CREATE TABLE default_limits (
      number ${integer} PRIMARY KEY CHECK (number = 1),
      jobs_per_day ${integer},
      storage_bytes ${integer},
      open_jobs ${integer}
    ) ${end}`,
    `ALTER TABLE people ADD COLUMN limits TEXT NOT NULL DEFAULT '{}'`,
    `ALTER TABLE jobs ADD COLUMN submitted_at ${integer} NOT NULL DEFAULT 0`,
    'UPDATE jobs SET submitted_at = created_at',
    'CREATE INDEX jobs_submitted ON jobs (person_id, submitted_at)',
    'CREATE INDEX media_usage ON media (person_id, bytes)',
  ];
  for (const statement of statements) await sql.raw(statement).execute(transaction);
};
