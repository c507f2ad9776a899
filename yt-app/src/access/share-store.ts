import { SHARE_TOKEN, type Visibility } from '@linkcast/contracts';
import { digestOf, isSameDigest } from '@linkcast/kit';
import { sql, type Generated, type RawBuilder, type Selectable, type SqlBool } from 'kysely';
import { createActivityLog } from '../activity/activity-log.ts';
import type { AppDatabase } from '../database/app-database.ts';
import { deleteSurplus } from '../database/surplus.ts';
import { randomId } from '../random-id.ts';
import { createSecretToken } from '../secret-token.ts';

/** A link for guests; times are milliseconds since 1970. */
export interface ShareRecord {
  readonly id: string;
  /** Null: the station. */
  readonly mediaId: string | null;
  /** Id of the person who made it; null: made before there were people. */
  readonly personId: string | null;
  readonly createdAt: number;
  readonly expiresAt: number;
}

export interface NewShareRecord {
  readonly token: string;
  readonly share: ShareRecord;
}

/** The valid shares. The shares of a deleted item are deleted with it. */
export interface ShareStore {
  /**
   * Of more than 100 shares of one item the oldest ends: only digests are stored, so every request for a link makes a new
   * share, and the newest must work.
   *
   * @returns the share, and its token, which is not stored.
   */
  create(facts: Pick<ShareRecord, 'mediaId' | 'personId'>, lifetimeSeconds: number): Promise<NewShareRecord>;
  find(token: string): Promise<ShareRecord | undefined>;
  get(id: string): Promise<ShareRecord | undefined>;
  /** The newest first. */
  list(mediaId: string | null): Promise<ShareRecord[]>;
  /** @returns false when there was none. */
  revoke(id: string): Promise<boolean>;
  /** Ends the shares that a person has made of items of others. */
  endForeignOf(personId: string): Promise<void>;
  /** Ends all shares that a person has made. */
  endOf(personId: string): Promise<void>;
}

const TOKEN_BYTES = 16;
const MAX_PER_ITEM = 100;

interface ShareRow {
  number: Generated<number>;
  id: string;
  digest: Buffer;
  media_id: string | null;
  person_id: string | null;
  created_at: number;
  expires_at: number;
}

export function createShareStore(database: AppDatabase, clock: () => number = Date.now): ShareStore {
  const query = () => database.tables<{ shares: ShareRow }>();
  const valid = () => query().selectFrom('shares').selectAll().where('expires_at', '>', clock());

  const insert = ({ id, mediaId, personId, createdAt, expiresAt }: ShareRecord, digest: Buffer) =>
    query()
      .insertInto('shares')
      .values({ id, digest, media_id: mediaId, person_id: personId, created_at: createdAt, expires_at: expiresAt })
      .execute();
  const endSurplus = (mediaId: string | null) =>
    deleteSurplus(database, { table: 'shares', of: { column: 'media_id', value: mediaId }, most: MAX_PER_ITEM });

  return {
    create: ({ mediaId, personId }, lifetimeSeconds) =>
      database.transaction(async () => {
        await lockShares(database, mediaId);
        const now = clock();
        const token = createSecretToken(TOKEN_BYTES);
        const share = { id: randomId(), mediaId, personId, createdAt: now, expiresAt: now + lifetimeSeconds * 1000 };
        await query().deleteFrom('shares').where('expires_at', '<=', now).execute();
        await insert(share, digestOf(token));
        await endSurplus(mediaId);
        await noteShare(database, 'shared', share);
        return { token, share };
      }),
    async find(token) {
      if (!SHARE_TOKEN.test(token)) return undefined;
      const digest = digestOf(token);
      const row = await valid().where('digest', '=', digest).executeTakeFirst();
      return row && isSameDigest(row.digest, digest) ? toRecord(row) : undefined;
    },
    async get(id) {
      const row = await valid().where('id', '=', id).executeTakeFirst();
      return row && toRecord(row);
    },
    async list(mediaId) {
      const ofItem = valid().where('media_id', 'is not distinct from', mediaId);
      return (await ofItem.orderBy('number', 'desc').execute()).map(toRecord);
    },
    async revoke(id) {
      return database.transaction(async () => {
        const row = await query().deleteFrom('shares').where('id', '=', id).returningAll().executeTakeFirst();
        if (row) await noteShare(database, 'share-revoked', toRecord(row));
        return row !== undefined;
      });
    },
    async endForeignOf(personId) {
      const made = query().deleteFrom('shares').where('person_id', '=', personId);
      await made.where(isOfForeignItem(personId)).execute();
    },
    async endOf(personId) {
      await query().deleteFrom('shares').where('person_id', '=', personId).execute();
    },
  };
}

/** Waits, within a transaction, until nobody else makes a share of an item, or of the station. */
export function lockShares(database: Pick<AppDatabase, 'lock'>, mediaId: string | null): Promise<void> {
  return database.lock(`shares ${mediaId ?? 'station'}`);
}

/** Stores the entry of a share that was made or ended. */
async function noteShare(
  database: AppDatabase,
  kind: 'shared' | 'share-revoked',
  { mediaId }: Pick<ShareRecord, 'mediaId'>,
): Promise<void> {
  const activity = createActivityLog(database);
  const items = database.tables<{ media: { id: string; title: string; visibility: Visibility } }>();
  const item = items.selectFrom('media').select(['id', 'title', 'visibility']).where('id', '=', mediaId);
  const shared = await item.executeTakeFirst();
  if (shared) await activity.appendItem(kind, shared);
  else await activity.append({ kind: kind === 'shared' ? 'station-shared' : kind });
}

function isOfForeignItem(personId: string): RawBuilder<SqlBool> {
  return sql<SqlBool>`media_id IN (SELECT id FROM media WHERE media.person_id IS DISTINCT FROM ${personId})`;
}

function toRecord(row: Selectable<ShareRow>): ShareRecord {
  return {
    id: row.id,
    mediaId: row.media_id,
    personId: row.person_id,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  };
}
