import { SHARE_TOKEN } from '@linkcast/contracts';
import { digestOf, isSameDigest, type Database } from '@linkcast/kit';
import { z } from 'zod';
import { randomId } from '../random-id.ts';
import { createSecretToken } from './secret-token.ts';

/** A link for guests; times are milliseconds since 1970. */
export interface ShareRecord {
  readonly id: string;
  /** Null: the station. */
  readonly mediaId: string | null;
  readonly createdAt: number;
  readonly expiresAt: number;
}

/** The valid shares. The shares of a deleted item are deleted with it. */
export interface ShareStore {
  /**
   * Of more than 100 shares of one item the oldest ends: only digests are stored, so every request for a link makes a new
   * share, and the newest must work.
   *
   * @returns the share, and its token, which is not stored.
   */
  create(mediaId: string | null, lifetimeSeconds: number): { readonly token: string; readonly share: ShareRecord };
  find(token: string): ShareRecord | undefined;
  /** The newest first. */
  list(mediaId: string | null): ShareRecord[];
  /** @returns false when there was none. */
  revoke(id: string): boolean;
}

const TOKEN_BYTES = 16;
const MAX_PER_ITEM = 100;

const Row = z
  .object({
    id: z.string(),
    digest: z.instanceof(Buffer),
    media_id: z.string().nullable(),
    created_at: z.number(),
    expires_at: z.number(),
  })
  .transform((row) => ({
    digest: row.digest,
    record: {
      id: row.id,
      mediaId: row.media_id,
      createdAt: row.created_at,
      expiresAt: row.expires_at,
    } satisfies ShareRecord,
  }));

export function createShareStore(database: Database, clock: () => number = Date.now): ShareStore {
  const byDigest = database.prepare('SELECT * FROM shares WHERE digest = ? AND expires_at > ?');

  return {
    create: (mediaId, lifetimeSeconds) =>
      database.transaction(() => {
        const now = clock();
        const token = createSecretToken(TOKEN_BYTES);
        const share = { id: randomId(), mediaId, createdAt: now, expiresAt: now + lifetimeSeconds * 1000 };
        database.prepare('DELETE FROM shares WHERE expires_at <= ?').run(now);
        database.prepare(INSERT).run({ ...share, digest: digestOf(token) });
        database.prepare(END_SURPLUS).run({ mediaId, max: MAX_PER_ITEM });
        return { token, share };
      })(),
    find(token) {
      if (!SHARE_TOKEN.test(token)) return undefined;
      const digest = digestOf(token);
      const found = Row.optional().parse(byDigest.get(digest, clock()));
      return found && isSameDigest(found.digest, digest) ? found.record : undefined;
    },
    list: (mediaId) =>
      database
        .prepare(LIST)
        .all(mediaId, clock())
        .map((row) => Row.parse(row).record),
    revoke: (id) => database.prepare('DELETE FROM shares WHERE id = ?').run(id).changes > 0,
  };
}

const INSERT = `
  INSERT INTO shares (id, digest, media_id, created_at, expires_at) VALUES (@id, @digest, @mediaId, @createdAt, @expiresAt)`;

const LIST = 'SELECT * FROM shares WHERE media_id IS ? AND expires_at > ? ORDER BY number DESC';

const END_SURPLUS = `
  DELETE FROM shares WHERE media_id IS @mediaId AND number NOT IN (
    SELECT number FROM shares WHERE media_id IS @mediaId ORDER BY number DESC LIMIT @max)`;
