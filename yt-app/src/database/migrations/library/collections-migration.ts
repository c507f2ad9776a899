import { sql } from 'kysely';
import { COLUMN_TYPES } from '../column-types.ts';
import type { Migration } from '../migration.ts';

/**
 * Collections, and the items of each. A parent job has the id of the collection that its items come into, also before there is one;
 * null: there is none any more.
 */
export const collectionsMigration: Migration = async ({ kind, transaction }) => {
  const { integer, id, end } = COLUMN_TYPES[kind];
  const statements = [
    `CREATE TABLE collections (
      id ${id} NOT NULL PRIMARY KEY,
      title TEXT NOT NULL,
      source_key TEXT NOT NULL,
      person_id ${id},
      visibility TEXT NOT NULL CHECK (visibility IN ('everyone', 'mine')),
      created_at ${integer} NOT NULL
    ) ${end}`,
    'CREATE INDEX collections_order ON collections (created_at, id)',
    'CREATE INDEX collections_source ON collections (source_key)',
    `CREATE TABLE collection_items (
      collection_id ${id} NOT NULL REFERENCES collections (id) ON DELETE CASCADE,
      media_id ${id} NOT NULL REFERENCES media (id) ON DELETE CASCADE,
      position ${integer} NOT NULL,
      PRIMARY KEY (collection_id, media_id)
    ) ${end}`,
    'CREATE INDEX collection_items_order ON collection_items (collection_id, position, media_id)',
    'CREATE INDEX collection_items_media ON collection_items (media_id)',
    `ALTER TABLE job_groups ADD COLUMN collection_id ${id}`,
    'CREATE INDEX job_groups_collection ON job_groups (collection_id) WHERE collection_id IS NOT NULL',
  ];
  for (const statement of statements) await sql.raw(statement).execute(transaction);
};
