import { RESUME_FROM_SECONDS, type PositionQuery } from '@linkcast/contracts';
import { sql } from 'kysely';
import type { AppDatabase } from '../database/app-database.ts';
import { slices } from '../slices.ts';
import type { PageEnd } from './position-cursor.ts';
import { positionTable, type PositionRecord } from './position-table.ts';

/** A page of a person's positions. */
export interface PositionPageQuery extends Pick<PositionQuery, 'state' | 'limit'> {
  /** The end of the page before; undefined: the first page. */
  readonly after: PageEnd | undefined;
  /** Ids of items that are left out. */
  readonly without: readonly string[];
}

/** The positions in the database. */
export interface PositionStore {
  /** The positions of a person in these items, those that exist. */
  ofItems(personId: string, mediaIds: readonly string[]): Promise<PositionRecord[]>;
  /** The positions of a person, newest first. */
  list(personId: string, query: PositionPageQuery): Promise<PositionRecord[]>;
  /** Stores positions in items that exist, unless the stored one is newer. */
  save(records: readonly PositionRecord[]): Promise<void>;
  /** Deletes all positions of a person. */
  endOf(personId: string): Promise<void>;
}

const ROWS_PER_STATEMENT = 200;

export function createPositionStore(database: AppDatabase): PositionStore {
  const query = () => positionTable.query(database);
  const select = (personId: string) => query().selectFrom('positions').selectAll().where('person_id', '=', personId);
  const { readAll } = positionTable;

  const existing = async (records: readonly PositionRecord[]): Promise<PositionRecord[]> => {
    const ids = records.map(({ mediaId }) => mediaId);
    const rows = await query().selectFrom('media').select('id').where('id', 'in', ids).execute();
    const found = new Set(rows.map(({ id }) => id));
    return records.filter(({ mediaId }) => found.has(mediaId));
  };
  const upsert = async (records: readonly PositionRecord[]): Promise<void> => {
    if (records.length === 0) return;
    await query()
      .insertInto('positions')
      .values(records.map(positionTable.writeNew))
      .onConflict((conflict) =>
        conflict
          .columns(['person_id', 'media_id'])
          .doUpdateSet((row) => ({
            position_ms: row.ref('excluded.position_ms'),
            is_watched: row.ref('excluded.is_watched'),
            updated_at: row.ref('excluded.updated_at'),
          }))
          .whereRef('excluded.updated_at', '>=', 'positions.updated_at'),
      )
      .execute();
  };

  return {
    async ofItems(personId, mediaIds) {
      return mediaIds.length === 0 ? [] : readAll(select(personId).where('media_id', 'in', mediaIds));
    },
    list(personId, { state, limit, after, without }) {
      let page = select(personId);
      if (state === 'watched') page = page.where('is_watched', '=', 1);
      if (state === 'continue')
        page = page.where('is_watched', '=', 0).where('position_ms', '>=', RESUME_FROM_SECONDS * 1000);
      if (without.length > 0) page = page.where('media_id', 'not in', without);
      if (after) page = page.where(sql<boolean>`(updated_at, media_id) < (${after.updatedAt}, ${after.mediaId})`);
      return readAll(page.orderBy('updated_at', 'desc').orderBy('media_id', 'desc').limit(limit));
    },
    async save(records) {
      for (const slice of slices(records, ROWS_PER_STATEMENT)) await upsert(await existing(slice));
    },
    async endOf(personId) {
      await query().deleteFrom('positions').where('person_id', '=', personId).execute();
    },
  };
}
