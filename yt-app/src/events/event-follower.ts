import { backOffMs } from '@linkcast/contracts';
import { pause, type Logger } from '@linkcast/kit';
import type { EventLog, NumberedEvent } from './event-log.ts';
import { lastNumber, type RecentEvents } from './recent-events.ts';
import type { EventEntry } from './stored-event.ts';

/** Reads on from a cursor: from memory, or from the database while memory does not have the next events any more. */
export interface EventFollower {
  /** The next events; none when it has only waited for some, or the signal is aborted. */
  next(): Promise<readonly EventEntry[]>;
}

export interface EventFollowerOptions {
  readonly log: Pick<EventLog, 'readAfter' | 'latest' | 'holdsAllAfter'>;
  readonly recent: RecentEvents;
  readonly logger: Pick<Logger, 'error'>;
}

/** Events that are read from the database at once. */
export const EVENT_PAGE = 200;
const RETRY = { firstMs: 500, mostMs: 5000 } as const;

/** @param after the number of the last event that the follower has seen. */
export function createEventFollower(
  after: number,
  signal: AbortSignal,
  { log, recent, logger }: EventFollowerOptions,
): EventFollower {
  let number = after;
  /** Of the next entry in memory. */
  let position: number | undefined;

  const fromMemory = (): readonly EventEntry[] | undefined => {
    const next = position === undefined ? undefined : recent.from(position);
    if (next) return next;
    position = recent.positionAfter(number);
    return position === undefined ? undefined : recent.from(position);
  };
  /** Reads a page, and repeats that while the database is away. Events that are not stored any more become a `reset`. */
  const fromDatabase = async (): Promise<NumberedEvent[]> => {
    for (let failures = 1; !signal.aborted; failures += 1) {
      try {
        const page = await log.readAfter(number, EVENT_PAGE);
        if (await log.holdsAllAfter(number)) return page;
        return [{ number: await log.latest(), event: { name: 'reset', data: {} } }];
      } catch (error) {
        if (failures === 1) logger.error({ err: error }, 'events not read, trying again');
        await pause(backOffMs(failures, RETRY), signal);
      }
    }
    return [];
  };

  return {
    async next() {
      const found = fromMemory();
      const entries = found ?? (await fromDatabase());
      if (found) position = (position ?? 0) + found.length;
      if (entries.length === 0 && (found ?? fromMemory() ?? []).length === 0) await recent.waitForMore(signal);
      number = lastNumber(entries) ?? number;
      return entries;
    },
  };
}
