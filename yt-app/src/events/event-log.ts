import type { Generated } from 'kysely';
import type { AppDatabase } from '../database/app-database.ts';
import { readEvent, writeEvent, type EventColumns, type EventEntry, type StoredEvent } from './stored-event.ts';

/** A stored event with its number. */
export interface NumberedEvent extends EventEntry {
  readonly number: number;
}

/** The stored events. Their numbers have the order in which their transactions were committed. */
export interface EventLog {
  /**
   * Stores an event together with the caller's transaction: directly before its commit, so that the lock that orders the
   * numbers is held for a moment only.
   *
   * @throws outside of a transaction.
   */
  append(event: StoredEvent): void;
  /** The events after a number, in order. */
  readAfter(number: number, limit: number): Promise<NumberedEvent[]>;
  /** The number of the newest event; 0 before the first. */
  latest(): Promise<number>;
  /** Reports whether all events after a number are stored: false when some were deleted, or the number is of another database. */
  holdsAllAfter(number: number): Promise<boolean>;
  /**
   * Deletes events that were stored before a time (milliseconds since 1970), but never the newest event.
   *
   * @param limit the most that are deleted.
   * @returns the number of deleted events.
   */
  prune(before: number, limit: number): Promise<number>;
}

export interface EventLogOptions {
  readonly database: AppDatabase;
  /** Called after a transaction with events, when those who waited for it have continued. */
  readonly onAppended?: () => void;
  /** Milliseconds since 1970. Default Date.now. */
  readonly clock?: () => number;
}

interface Tables {
  events: EventColumns & { number: Generated<number>; created_at: number };
}

const LOCK = 'events';

export function createEventLog({ database, onAppended, clock = Date.now }: EventLogOptions): EventLog {
  const query = () => database.tables<Tables>();
  const numberOf = async (end: 'asc' | 'desc'): Promise<number | undefined> => {
    const row = await query().selectFrom('events').select('number').orderBy('number', end).executeTakeFirst();
    return row?.number;
  };

  return {
    append(event) {
      database.beforeCommit(async () => {
        await database.lock(LOCK); // until the commit: a later number is not seen before an earlier one
        const row = { ...writeEvent(event), created_at: clock() };
        await database.write(query().insertInto('events').values(row));
      });
      if (onAppended) database.afterTransaction(() => void setImmediate(onAppended));
    },
    async readAfter(number, limit) {
      const rows = await query()
        .selectFrom('events')
        .select(['number', 'name', 'subject', 'data'])
        .where('number', '>', number)
        .orderBy('number')
        .limit(limit)
        .execute();
      return rows.map((row) => ({ number: row.number, event: readEvent(row) }));
    },
    latest: async () => (await numberOf('desc')) ?? 0,
    async holdsAllAfter(number) {
      const [oldest = 1, latest = 0] = [await numberOf('asc'), await numberOf('desc')];
      return number >= oldest - 1 && number <= latest;
    },
    async prune(before, limit) {
      const latest = (await numberOf('desc')) ?? 0;
      const oldest = await query()
        .selectFrom('events')
        .select(['number', 'created_at'])
        .where('number', '<', latest)
        .orderBy('number')
        .limit(limit)
        .execute();
      const last = oldest.findLast((row) => row.created_at < before)?.number ?? 0;
      const { numDeletedRows } = await query().deleteFrom('events').where('number', '<=', last).executeTakeFirst();
      return Number(numDeletedRows);
    },
  };
}
