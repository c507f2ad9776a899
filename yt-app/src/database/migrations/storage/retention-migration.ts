import { sql } from 'kysely';
import { COLUMN_TYPES } from '../column-types.ts';
import type { Migration } from '../migration.ts';

/**
 * The rules by which items go, the mark of those that stay, when each was last used, and the questions about unwatched ones.
 * `scope_id` is empty for the installation.
 */
export const retentionMigration: Migration = async ({ kind, transaction }) => {
  const { integer, id, end } = COLUMN_TYPES[kind];
  const statements = [
    `ALTER TABLE media ADD COLUMN is_kept ${integer} NOT NULL DEFAULT 0`,
    `CREATE TABLE retention_rules (
      scope TEXT NOT NULL,
      scope_id ${id} NOT NULL,
      watched_days ${integer},
      unwatched_days ${integer},
      keep_last ${integer},
      changed_at ${integer} NOT NULL,
      PRIMARY KEY (scope, scope_id)
    ) ${end}`,
    `CREATE TABLE item_uses (
      media_id ${id} NOT NULL PRIMARY KEY REFERENCES media (id) ON DELETE CASCADE,
      used_at ${integer} NOT NULL
    ) ${end}`,
    `CREATE TABLE retention_questions (
      id ${id} NOT NULL PRIMARY KEY,
      media_id ${id} NOT NULL UNIQUE REFERENCES media (id) ON DELETE CASCADE,
      reason TEXT NOT NULL,
      asked_at ${integer} NOT NULL,
      expires_at ${integer} NOT NULL,
      answer TEXT,
      answered_by ${id},
      answered_at ${integer}
    ) ${end}`,
  ];
  for (const statement of statements) await sql.raw(statement).execute(transaction);
};
