import { sql } from 'kysely';
import { COLUMN_TYPES } from '../column-types.ts';
import type { Migration } from '../migration.ts';

/** The ways that a job has tried, as JSON, and the way that worked last at each host. */
export const profilesMigration: Migration = async ({ kind, transaction }) => {
  const { integer, id, end } = COLUMN_TYPES[kind];
  const statements = [
    'ALTER TABLE jobs ADD COLUMN tried TEXT',
    `CREATE TABLE host_ways (
      host ${id} NOT NULL PRIMARY KEY,
      way TEXT NOT NULL,
      worked_at ${integer} NOT NULL
    ) ${end}`,
    'CREATE INDEX host_ways_time ON host_ways (worked_at)',
  ];
  for (const statement of statements) await sql.raw(statement).execute(transaction);
};
