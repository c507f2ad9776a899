import type { Database } from '@linkcast/kit';

/** The notices that were reported to the owners, in the database: each key once to each owner. */
export function createNoticeStore(database: Database, now: () => number = Date.now) {
  return {
    /** Runs `report` unless this notice was reported to this owner before. Both are committed, or neither. */
    reportOnce(ownerId: number, key: string, report: () => void): void {
      database.transaction(() => {
        const seen = database
          .prepare('UPDATE notices SET seen_at = ? WHERE owner_id = ? AND key = ?')
          .run(now(), ownerId, key);
        if (seen.changes > 0) return;
        database.prepare('INSERT INTO notices (owner_id, key, seen_at) VALUES (?, ?, ?)').run(ownerId, key, now());
        report();
      })();
    },
  };
}

export type NoticeStore = ReturnType<typeof createNoticeStore>;
