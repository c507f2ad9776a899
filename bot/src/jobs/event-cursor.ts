import type { Database } from '@linkcast/kit';
import { z } from 'zod';

/** The number of the last of yt-app's events that was handled: after a restart, the bot reads on from it. */
export interface EventCursor {
  /** Undefined before the first event. */
  get(): string | undefined;
  set(id: string): void;
}

const StoredId = z.string().optional();

export function createEventCursor(database: Database): EventCursor {
  return {
    get: () => StoredId.parse(database.prepare('SELECT last_event_id FROM event_cursor').pluck().get()),
    set: (id) =>
      void database
        .prepare(
          `INSERT INTO event_cursor (number, last_event_id) VALUES (1, ?)
           ON CONFLICT (number) DO UPDATE SET last_event_id = excluded.last_event_id`,
        )
        .run(id),
  };
}
