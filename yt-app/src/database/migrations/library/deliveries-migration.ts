import { sql } from 'kysely';
import { COLUMN_TYPES } from '../column-types.ts';
import type { Migration } from '../migration.ts';

/** The targets of deliveries, with their secrets encrypted, and the deliveries: one for an item and a target. */
export const deliveriesMigration: Migration = async ({ kind, transaction }) => {
  const { integer, id, end } = COLUMN_TYPES[kind];
  const statements = [
    `CREATE TABLE delivery_targets (
      id ${id} NOT NULL PRIMARY KEY,
      person_id ${id} NOT NULL,
      settings TEXT NOT NULL,
      sealed TEXT NOT NULL,
      is_paused ${integer} NOT NULL,
      created_at ${integer} NOT NULL
    ) ${end}`,
    `CREATE TABLE deliveries (
      id ${id} NOT NULL PRIMARY KEY,
      target_id ${id} NOT NULL REFERENCES delivery_targets (id) ON DELETE CASCADE,
      media_id ${id} NOT NULL,
      title TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'delivered', 'failed', 'cancelled')),
      fence ${integer} NOT NULL,
      attempts ${integer} NOT NULL,
      not_before ${integer} NOT NULL,
      problem TEXT,
      file TEXT,
      created_at ${integer} NOT NULL,
      changed_at ${integer} NOT NULL
    ) ${end}`,
    'CREATE UNIQUE INDEX deliveries_item ON deliveries (media_id, target_id)',
    "CREATE INDEX deliveries_due ON deliveries (not_before) WHERE state = 'queued'",
    'CREATE INDEX deliveries_changed ON deliveries (changed_at)',
  ];
  for (const statement of statements) await sql.raw(statement).execute(transaction);
};
