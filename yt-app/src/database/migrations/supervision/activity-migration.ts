import { sql } from 'kysely';
import { COLUMN_TYPES } from '../column-types.ts';
import type { Migration } from '../migration.ts';

/** The activity log: changes that people, and Linkcast itself, have made, in their order. Entries name people and items by id, and outlive them. */
export const activityMigration: Migration = async ({ kind, transaction }) => {
  const { integer, id, number, end } = COLUMN_TYPES[kind];
  await sql
    .raw(
      `CREATE TABLE activity (
        number ${number},
        created_at ${integer} NOT NULL,
        kind TEXT NOT NULL,
        person_id ${id},
        subject_id ${id},
        media_id ${id},
        facts TEXT NOT NULL,
        cause TEXT
      ) ${end}`,
    )
    .execute(transaction);
  await sql`CREATE INDEX activity_of_person ON activity (person_id, number)`.execute(transaction);
  await sql`CREATE INDEX activity_of_media ON activity (media_id) WHERE media_id IS NOT NULL`.execute(transaction);
};
