import type { Database } from '@linkcast/kit';

/** The requested tracks that have not aired yet, in the order of their requests. It survives a restart. */
export interface RequestQueue {
  ids(): string[];
  /** Adds an item of the library at the end; a queued one keeps its position. */
  add(mediaId: string): void;
  remove(mediaId: string): void;
}

export function createRequestQueue(database: Database): RequestQueue {
  return {
    ids: () => database.prepare<[], string>('SELECT media_id FROM station_requests ORDER BY position').pluck().all(),
    add(mediaId) {
      database.prepare('INSERT INTO station_requests (media_id) VALUES (?) ON CONFLICT DO NOTHING').run(mediaId);
    },
    remove(mediaId) {
      database.prepare('DELETE FROM station_requests WHERE media_id = ?').run(mediaId);
    },
  };
}
