import { EventEmitter, once } from 'node:events';
import type { EventEntry } from './stored-event.ts';

/**
 * The latest events in memory, so that many followers do not each read the database. Each entry has a position, which
 * counts the entries of this process.
 */
export interface RecentEvents {
  /** Sets the number of the event after which the first entry comes. */
  begin(number: number): void;
  add(entries: readonly EventEntry[]): void;
  /** The position of the first stored event after a number; undefined when events between them are not in memory. */
  positionAfter(number: number): number | undefined;
  /** The entries from a position; undefined when the first of them is not in memory any more. */
  from(position: number): EventEntry[] | undefined;
  /** Resolves when entries are added, or the signal is aborted. */
  waitForMore(signal: AbortSignal): Promise<void>;
}

/** @param capacity number of entries. */
export function createRecentEvents(capacity: number): RecentEvents {
  const additions = new EventEmitter().setMaxListeners(0); // one for each follower
  let entries: EventEntry[] = [];
  /** The position of the first entry. */
  let start = 0;
  /** Numbers of the last stored event before the first entry, and of the last one. */
  let before = Infinity;
  let latest = -Infinity;

  return {
    begin(number) {
      before = number;
      latest = number;
    },
    add(added) {
      if (added.length === 0) return;
      entries.push(...added);
      latest = lastNumber(added) ?? latest;
      const evicted = entries.slice(0, Math.max(0, entries.length - capacity));
      entries = entries.slice(evicted.length);
      start += evicted.length;
      before = lastNumber(evicted) ?? before;
      additions.emit('added');
    },
    positionAfter(number) {
      if (number < before || number > latest) return undefined;
      const index = entries.findIndex((entry) => entry.number !== null && entry.number > number);
      return start + (index === -1 ? entries.length : index);
    },
    from: (position) => (position < start ? undefined : entries.slice(position - start)),
    async waitForMore(signal) {
      await once(additions, 'added', { signal }).catch(() => undefined); // aborted: the caller checks the signal
    },
  };
}

/** The number of the last stored event among entries. */
export function lastNumber(entries: readonly EventEntry[]): number | undefined {
  return entries.findLast(({ number }) => number !== null)?.number ?? undefined;
}
