import { startPeriodicLoop, type Logger } from '@linkcast/kit';
import { eventCursor } from './event-cursor.ts';
import { createEventFollower, EVENT_PAGE } from './event-follower.ts';
import type { EventLog } from './event-log.ts';
import { createRecentEvents } from './recent-events.ts';
import type { EventEntry, StoredEvent } from './stored-event.ts';

/** Delivers the stored events to its followers, each from a cursor of its own: the number of the last event that it has seen. */
export interface EventFeed {
  /** The cursor of a client. Without the id of an event: that of the newest one. */
  cursorOf(lastEventId: string | undefined): Promise<number>;
  /**
   * Gives the events after a cursor in order, waits for further ones, and ends when the signal is aborted. Gives a `reset`
   * instead of events that are not stored any more. While the database is away, it waits.
   */
  follow(cursor: number, signal: AbortSignal): AsyncGenerator<EventEntry, void, undefined>;
  /** Gives an event that is not stored to the present followers, after all events that are stored now. It may be lost. */
  publish(event: StoredEvent): void;
  /** Reads new events. Called after a transaction that has stored some. */
  wake(): void;
  /** Resolves when no new events are read any more. The followers end by their signals. */
  stop(): Promise<void>;
}

export interface EventFeedOptions {
  readonly log: Pick<EventLog, 'readAfter' | 'latest' | 'holdsAllAfter'>;
  readonly logger: Pick<Logger, 'error'>;
  /** Events in memory. Default 1000. */
  readonly capacity?: number;
}

export function startEventFeed({ log, logger, capacity = 1000 }: EventFeedOptions): EventFeed {
  const recent = createRecentEvents(capacity);
  const unsent: EventEntry[] = [];
  let cursor: number | undefined;

  const readNew = async (): Promise<undefined> => {
    const published = unsent.splice(0); // what was stored before them is read first
    if (cursor === undefined) {
      cursor = await log.latest();
      recent.begin(cursor);
    }
    for (let isMore = true; isMore;) {
      const page = await log.readAfter(cursor, EVENT_PAGE);
      cursor = page.at(-1)?.number ?? cursor;
      recent.add(page);
      isMore = page.length === EVENT_PAGE;
    }
    recent.add(published);
  };
  const loop = startPeriodicLoop({ name: 'reading of new events', logger, run: readNew });

  return {
    cursorOf: async (lastEventId) => (lastEventId === undefined ? log.latest() : eventCursor(lastEventId)),
    async *follow(after, signal) {
      const isOver = (): boolean => signal.aborted;
      const follower = createEventFollower(after, signal, { log, recent, logger });
      while (!isOver()) {
        for (const entry of await follower.next()) {
          if (isOver()) return;
          yield entry;
        }
      }
    },
    publish(event) {
      unsent.push({ number: null, event });
      loop.runNow();
    },
    wake: () => loop.runNow(),
    stop: () => loop.stop(),
  };
}
