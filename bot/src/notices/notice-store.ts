import type { Database } from '@linkcast/kit';

/** Which notices the owners were told, on disk: each key once to each of them. */
export function createNoticeStore(database: Database, now: () => number = Date.now) {
  return {
    /** Runs `tell` unless this owner was told before; both are kept, or neither. */
    tellOnce(ownerId: number, key: string, tell: () => void): void {
      database.transaction(() => {
        const seen = database
          .prepare('UPDATE notices SET seen_at = ? WHERE owner_id = ? AND key = ?')
          .run(now(), ownerId, key);
        if (seen.changes > 0) return;
        database.prepare('INSERT INTO notices (owner_id, key, seen_at) VALUES (?, ?, ?)').run(ownerId, key, now());
        tell();
      })();
    },
  };
}

export type NoticeStore = ReturnType<typeof createNoticeStore>;
