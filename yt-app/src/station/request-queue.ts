import type { Generated } from 'kysely';
import type { AppDatabase } from '../database/app-database.ts';

/** The requested tracks that have not aired yet, in the order of their requests. It survives a restart. */
export interface RequestQueue {
  ids(): Promise<string[]>;
  /** Adds an item of the library at the end; a queued one keeps its position. */
  add(mediaId: string): Promise<void>;
  remove(mediaId: string): Promise<void>;
}

interface Tables {
  station_requests: { position: Generated<number>; media_id: string };
}

export function createRequestQueue(database: AppDatabase): RequestQueue {
  const query = () => database.tables<Tables>();
  return {
    async ids() {
      const rows = await query().selectFrom('station_requests').select('media_id').orderBy('position').execute();
      return rows.map((row) => row.media_id);
    },
    async add(mediaId) {
      await query()
        .insertInto('station_requests')
        .values({ media_id: mediaId })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },
    async remove(mediaId) {
      await query().deleteFrom('station_requests').where('media_id', '=', mediaId).execute();
    },
  };
}
