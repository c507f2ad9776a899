import { isWatchedAfter, type PositionReport } from '@linkcast/contracts';
import { InvalidRequest } from '../invalid-request.ts';
import type { ItemRecord } from '../library/items/item-table.ts';
import type { PositionRecord } from './position-table.ts';

/** Stated durations are up to 1 % shorter than the files, and players round. */
const TOLERANCE = { ratio: 1.02, seconds: 10 } as const;

/** A report on an item. */
export interface ItemReport {
  readonly personId: string;
  readonly report: PositionReport;
  readonly item: Pick<ItemRecord, 'id' | 'durationSeconds' | 'state'>;
  /** The time at which the report arrived, in milliseconds since 1970. */
  readonly arrivedAt: number;
}

/** Returns the position after a report; undefined when the one before is newer. */
export function nextPosition(
  { personId, report, item, arrivedAt }: ItemReport,
  before: PositionRecord | undefined,
): PositionRecord | undefined {
  const updatedAt = arrivedAt - report.agedMs;
  if (before && before.updatedAt > updatedAt) return undefined;
  const seconds = Math.min(report.seconds, endOf(item));
  const isWatched = report.isWatched ?? isWatchedAfter({ ...item, seconds }, before?.isWatched ?? false);
  return { personId, mediaId: item.id, positionMs: Math.round(seconds * 1000), isWatched, updatedAt };
}

/**
 * Refuses a position far beyond the end of its item.
 *
 * @param index of the report in its request.
 * @throws {Problem} invalid-request.
 */
export function refuseBeyondEnd({ seconds }: PositionReport, item: ItemReport['item'], index: number): void {
  const end = endOf(item);
  if (seconds <= end * TOLERANCE.ratio + TOLERANCE.seconds) return;
  throw new InvalidRequest([{ field: `positions.${index}.seconds`, fault: { code: 'tooLarge', most: end } }]);
}

/** The end of an item in seconds; of one that is still arriving, nobody knows it. */
function endOf({ durationSeconds, state }: ItemReport['item']): number {
  return state === 'ready' ? (durationSeconds ?? Infinity) : Infinity;
}
