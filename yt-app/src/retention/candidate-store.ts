import { RESUME_FROM_SECONDS } from '@linkcast/contracts';
import { sql, type RawBuilder } from 'kysely';
import { z } from 'zod';
import type { AppDatabase } from '../database/app-database.ts';
import type { Candidate } from './retention-decision.ts';

/** An item whose place among those of its person is counted by the reader. */
export interface UnrankedCandidate extends Omit<Candidate, 'rank'> {
  /** The person whose item it is, also one who was removed. */
  readonly ownerId: string | null;
}

/** Reads what decides about the items. */
export interface CandidateStore {
  /** The next items of the library that are ready, the newest first. @param after the last item of the page before. */
  page(after: UnrankedCandidate | undefined, limit: number): Promise<UnrankedCandidate[]>;
  /** One item, also one in the trash. */
  one(id: string): Promise<Candidate | undefined>;
}

const time = z.number().nullable();
const Row = z.object({
  id: z.string(),
  personId: z.string().nullable(),
  ownerId: z.string().nullable(),
  bytes: z.number(),
  createdAt: z.number(),
  isKept: z.number().transform((value) => value === 1),
  ownWatchedAt: time,
  watchedAt: time,
  begunAt: time,
  usedAt: time,
  sharedUntil: time,
});

export interface CandidateStoreOptions {
  readonly database: AppDatabase;
  /** The last use of an item that may not be in the database yet. */
  readonly lastUse: (mediaId: string) => number | undefined;
}

export function createCandidateStore({ database, lastUse }: CandidateStoreOptions): CandidateStore {
  const read = async (where: RawBuilder<unknown>, limit: number): Promise<UnrankedCandidate[]> => {
    const { rows } = await sql`
      SELECT
        media.id AS "id",
        (SELECT people.id FROM people WHERE people.id = media.person_id AND people.removed_at IS NULL) AS "personId",
        media.person_id AS "ownerId",
        media.bytes AS "bytes", media.created_at AS "createdAt", media.is_kept AS "isKept",
        (SELECT max(updated_at) FROM positions
          WHERE media_id = media.id AND person_id = media.person_id AND is_watched = 1) AS "ownWatchedAt",
        (SELECT max(updated_at) FROM positions WHERE media_id = media.id AND is_watched = 1) AS "watchedAt",
        (SELECT max(updated_at) FROM positions
          WHERE media_id = media.id AND is_watched = 0 AND position_ms >= ${sql.lit(RESUME_FROM_SECONDS * 1000)}) AS "begunAt",
        (SELECT max(at) FROM (
          SELECT updated_at AS at FROM positions WHERE media_id = media.id
          UNION ALL SELECT used_at FROM item_uses WHERE media_id = media.id) AS used) AS "usedAt",
        (SELECT max(expires_at) FROM shares WHERE media_id = media.id) AS "sharedUntil"
      FROM media WHERE ${where}
      ORDER BY media.created_at DESC, media.id DESC LIMIT ${sql.lit(limit)}`.execute(database.tables());
    return z.array(Row).parse(rows).map(withLastUse);
  };
  const withLastUse = <Found extends { id: string; usedAt: number | null }>(found: Found): Found => {
    const used = Math.max(found.usedAt ?? 0, lastUse(found.id) ?? 0);
    return { ...found, usedAt: used === 0 ? null : used };
  };
  /** The place of an item among those of its person. */
  const rankOf = async ({ id, createdAt }: UnrankedCandidate): Promise<number> => {
    const { rows } = await sql<{ newer: number | string }>`
      SELECT count(*) AS newer FROM media
      WHERE person_id IS NOT DISTINCT FROM (SELECT person_id FROM media WHERE id = ${id})
        AND deleted_at IS NULL AND state = 'ready'
        AND (created_at > ${sql.lit(createdAt)} OR (created_at = ${sql.lit(createdAt)} AND id > ${id}))`.execute(
      database.tables(),
    );
    return Number(rows[0]?.newer ?? 0) + 1;
  };

  return {
    async page(after, limit) {
      const listed = sql`media.deleted_at IS NULL AND media.state = 'ready'`;
      const where = after
        ? sql`${listed} AND (media.created_at < ${sql.lit(after.createdAt)}
            OR (media.created_at = ${sql.lit(after.createdAt)} AND media.id < ${after.id}))`
        : listed;
      return read(where, limit);
    },
    async one(id) {
      const [found] = await read(sql`media.id = ${id}`, 1);
      return found && { ...found, rank: await rankOf(found) };
    },
  };
}
