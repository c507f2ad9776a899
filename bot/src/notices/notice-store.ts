import { Message, NoticeSeverity } from '@linkcast/contracts';
import type { Database } from '@linkcast/kit';
import { z } from 'zod';
import type { ReportedNotice } from './notice-plan.ts';

const Row = z
  .object({
    key: z.string(),
    severity: NoticeSeverity,
    sentence: z.string(),
    message: z
      .string()
      .nullable()
      .transform((json) => (json === null ? undefined : Message.parse(JSON.parse(json)))),
    reported_at: z.number(),
    absent_since: z.number().nullable(),
  })
  .transform(({ message, reported_at: reportedAt, absent_since: absentSince, ...row }): ReportedNotice => {
    return { ...row, reportedAt, absentSince, ...(message && { message }) };
  });

/**
 * The notices that were reported to the owners. They are stored here and not in yt-app: a report and its message in the
 * outbox are one transaction, so that a crash of either process at any time neither loses nor repeats the report. Telegram
 * has no idempotency key: a message whose answer is lost in a crash is sent once more, as every message of the outbox.
 */
export function createNoticeStore(database: Database) {
  return {
    /** Runs a function in one transaction. */
    transaction: (run: () => void): void => database.transaction(run)(),
    /** The notices that were reported to an owner and have not ended. */
    reportedTo: (ownerId: number): ReportedNotice[] =>
      z.array(Row).parse(database.prepare('SELECT * FROM notices WHERE owner_id = ?').all(ownerId)),
    put(ownerId: number, { key, severity, sentence, message, reportedAt, absentSince }: ReportedNotice): void {
      const json = message === undefined ? null : JSON.stringify(message);
      database
        .prepare(
          `INSERT OR REPLACE INTO notices (owner_id, key, severity, sentence, message, reported_at, absent_since)
           VALUES (?, ?, ?, ?, ?, ?, ?)`,
        )
        .run(ownerId, key, severity, sentence, json, reportedAt, absentSince);
    },
    remove(ownerId: number, key: string): void {
      database.prepare('DELETE FROM notices WHERE owner_id = ? AND key = ?').run(ownerId, key);
    },
    /** Forgets what was reported to people who are not among the owners any more. */
    keepOwners(owners: readonly number[]): void {
      database
        .prepare('DELETE FROM notices WHERE owner_id NOT IN (SELECT value FROM json_each(?))')
        .run(JSON.stringify(owners));
    },
  };
}

export type NoticeStore = ReturnType<typeof createNoticeStore>;
