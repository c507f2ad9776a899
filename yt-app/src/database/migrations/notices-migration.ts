import { sql } from 'kysely';
import type { Migration } from './migration.ts';

/**
 * The conditions that the sources of notices observe. The table of this name had states of three subjects without a sentence;
 * they are not kept: what still holds is observed again within a minute, and opens after its time.
 */
export const noticesMigration: Migration = async ({ transaction }) => {
  await sql`DROP TABLE conditions`.execute(transaction);
  await sql`
    CREATE TABLE conditions (
      source TEXT NOT NULL,
      code TEXT NOT NULL,
      severity TEXT NOT NULL,
      message TEXT NOT NULL,
      action TEXT,
      since BIGINT NOT NULL,
      opened_at BIGINT,
      last_seen_at BIGINT NOT NULL,
      closed_at BIGINT,
      PRIMARY KEY (source, code)
    )
  `.execute(transaction);
};
