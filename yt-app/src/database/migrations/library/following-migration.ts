import { sql } from 'kysely';
import { COLUMN_TYPES } from '../column-types.ts';
import type { Migration } from '../migration.ts';

/**
 * The lists that people follow, and the videos of each that are known. A job of a follower waits for those that a person waits for. A
 * parent has the place of its first child in the collection: the next videos of a list come after those that are there.
 */
export const followingMigration: Migration = async ({ kind, transaction }) => {
  const { integer, id, end } = COLUMN_TYPES[kind];
  const statements = [
    `CREATE TABLE followed_lists (
      id ${id} NOT NULL PRIMARY KEY,
      person_id ${id} NOT NULL,
      url TEXT NOT NULL,
      source_key TEXT NOT NULL,
      host TEXT NOT NULL,
      title TEXT NOT NULL,
      own_title ${integer} NOT NULL,
      type TEXT NOT NULL,
      quality TEXT NOT NULL,
      visibility TEXT NOT NULL,
      since TEXT,
      filter TEXT NOT NULL,
      keep_last ${integer},
      keep_days ${integer},
      keep_changed_at ${integer} NOT NULL,
      schedule TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('active', 'paused')),
      next_check_at ${integer} NOT NULL,
      last_check_at ${integer},
      last_new_at ${integer},
      failures ${integer} NOT NULL,
      failing_since ${integer},
      problem TEXT,
      created_at ${integer} NOT NULL
    ) ${end}`,
    'CREATE UNIQUE INDEX followed_lists_source ON followed_lists (person_id, source_key)',
    "CREATE INDEX followed_lists_due ON followed_lists (next_check_at) WHERE state = 'active'",
    `CREATE TABLE followed_entries (
      followed_id ${id} NOT NULL REFERENCES followed_lists (id) ON DELETE CASCADE,
      source_key ${id} NOT NULL,
      source_id TEXT,
      state TEXT NOT NULL CHECK (state IN ('known', 'upcoming', 'refused')),
      url TEXT,
      title TEXT,
      seen_at ${integer} NOT NULL,
      place ${integer} NOT NULL,
      PRIMARY KEY (followed_id, source_key)
    ) ${end}`,
    `ALTER TABLE jobs ADD COLUMN is_background ${integer} NOT NULL DEFAULT 0`,
    `ALTER TABLE job_groups ADD COLUMN first_position ${integer} NOT NULL DEFAULT 1`,
  ];
  for (const statement of statements) await sql.raw(statement).execute(transaction);
};
