import { startPeriodicLoop, type Logger, type Stoppable } from '@linkcast/kit';
import type { EventLog } from './event-log.ts';

export interface EventPruningOptions {
  readonly log: Pick<EventLog, 'prune'>;
  readonly logger: Pick<Logger, 'error'>;
  /** Milliseconds since 1970. Default Date.now. */
  readonly clock?: () => number;
}

/** Milliseconds for which events are kept: a consumer that was away for longer reads everything again. */
const KEEP_MS = 7 * 86_400_000;
const EVERY_MS = 3_600_000;
/** Events that are deleted at once: a deletion delays other writes for a moment only. */
const MOST_AT_ONCE = 1000;
const NEXT_MS = 1000;

/** Deletes old events, every hour; a second after a full portion, the next one. */
export function startEventPruning({ log, logger, clock = Date.now }: EventPruningOptions): Stoppable {
  return startPeriodicLoop({
    name: 'deletion of old events',
    logger,
    everyMs: EVERY_MS,
    async run() {
      const deleted = await log.prune(clock() - KEEP_MS, MOST_AT_ONCE);
      return deleted === MOST_AT_ONCE ? NEXT_MS : undefined;
    },
  });
}
