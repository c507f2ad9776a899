import type { Database } from '@linkcast/kit';

/** The media ids that were asked for and have not aired yet, first come first. It survives a restart. */
export interface RequestQueue {
  ids(): string[];
  /** Adds an item of the library at the end; one that waits already stays where it is. */
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
