import { sql } from 'kysely';
import type { AppDatabase } from '../database/app-database.ts';

/** The last time that each item was open or played, by anybody: also by those who have no positions. */
export interface ItemUses {
  /** Notes that an item is used. It counts at once, and is in the database soon. @param agedMs milliseconds since then. Default 0. */
  note(mediaId: string, agedMs?: number): void;
  /** The last use since the start of this process, in milliseconds since 1970. */
  lastUse(mediaId: string): number | undefined;
  /** Writes the uses that are not in the database yet. Those of items that do not exist are dropped. */
  write(): Promise<void>;
}

/** More are not remembered: the oldest are written and forgotten. */
const MOST = 20_000;
/** A use is written when the one in the database is older than this. */
const WRITE_AFTER_MS = 600_000;

export function createItemUses(database: AppDatabase, clock: () => number = Date.now): ItemUses {
  const uses = new Map<string, number>();
  const written = new Map<string, number>();
  const query = () => database.tables<{ item_uses: { media_id: string; used_at: number } }>();

  const write = async (mediaId: string, usedAt: number): Promise<void> => {
    await sql`
      INSERT INTO item_uses (media_id, used_at) SELECT id, ${sql.lit(usedAt)} FROM media WHERE id = ${mediaId}
      ON CONFLICT (media_id) DO UPDATE SET used_at = excluded.used_at WHERE excluded.used_at > item_uses.used_at
    `.execute(query());
  };

  return {
    note(mediaId, agedMs = 0) {
      const latest = Math.max(clock() - agedMs, uses.get(mediaId) ?? 0);
      uses.delete(mediaId); // the newest are at the end
      uses.set(mediaId, latest);
      const [oldest] = uses.keys();
      if (uses.size > MOST && oldest !== undefined) uses.delete(oldest);
    },
    lastUse: (mediaId) => uses.get(mediaId),
    async write() {
      for (const [mediaId, usedAt] of uses) {
        if (usedAt - (written.get(mediaId) ?? 0) < WRITE_AFTER_MS) continue;
        await write(mediaId, usedAt);
        written.set(mediaId, usedAt);
      }
      for (const mediaId of written.keys()) if (!uses.has(mediaId)) written.delete(mediaId);
    },
  };
}
