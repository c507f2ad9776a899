import type { Logger } from '@linkcast/kit';
import type { AppDatabase } from '../database/app-database.ts';
import { startEventFeed, type EventFeed } from './event-feed.ts';
import { createEventLog, type EventLog } from './event-log.ts';
import { startEventPruning } from './event-pruning.ts';

/** The events: they are stored in the log with the changes that they tell of, and the feed delivers them. */
export interface Events {
  readonly log: EventLog;
  readonly feed: EventFeed;
  /** Resolves when the database is not used any more. */
  readonly stop: () => Promise<void>;
}

export interface EventsOptions {
  readonly database: AppDatabase;
  readonly logger: Pick<Logger, 'error'>;
}

export function startEvents({ database, logger }: EventsOptions): Events {
  const log = createEventLog({ database, onAppended: () => feed.wake() });
  const feed = startEventFeed({ log, logger });
  const pruning = startEventPruning({ log, logger });
  return {
    log,
    feed,
    async stop() {
      await Promise.all([feed.stop(), pruning.stop()]);
    },
  };
}
