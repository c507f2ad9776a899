import { sql } from 'kysely';
import { COLUMN_TYPES } from './column-types.ts';
import type { Migration } from './migration.ts';

/**
 * Parent jobs, and the parent of each child. A parent has a table of its own, because it has no item, and no worker claims it. It is
 * listed among the jobs by the number of its first child.
 */
export const jobGroupsMigration: Migration = async ({ kind, transaction }) => {
  const { integer, id, end } = COLUMN_TYPES[kind];
  for (const statement of [
    `CREATE TABLE job_groups (
      id ${id} PRIMARY KEY,
      number ${integer} NOT NULL UNIQUE,
      state TEXT NOT NULL CHECK (state IN ('queued', 'downloading', 'ready', 'failed', 'cancelled')),
      is_cancelled ${integer} NOT NULL DEFAULT 0,
      type TEXT NOT NULL,
      url TEXT NOT NULL,
      source_key TEXT NOT NULL,
      quality TEXT NOT NULL,
      title TEXT,
      person_id ${id},
      visibility TEXT NOT NULL,
      created_at ${integer} NOT NULL
    ) ${end}`,
    'CREATE INDEX job_groups_source ON job_groups (source_key, type, quality)',
    `ALTER TABLE jobs ADD COLUMN parent_id ${id}`,
    'CREATE INDEX jobs_parent ON jobs (parent_id, number) WHERE parent_id IS NOT NULL',
  ])
    await sql.raw(statement).execute(transaction);
};
