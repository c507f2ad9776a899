import type { MediaDamage } from '@linkcast/contracts';

/** A part of the time of an item, in seconds from its begin. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

/** Ranges that are nearer to each other are one: players jump over both. */
const JOIN_SECONDS = 1;
/** The ranges that are reported; of more, the nearest are joined. */
const MAX_RANGES = 20;
/** An item with more damage than this part of its time is not published. */
const MAX_SHARE = 0.05;

/** Joins ranges that overlap or nearly do, in order of time. */
export function joinRanges(ranges: readonly TimeRange[], joinSeconds: number = JOIN_SECONDS): TimeRange[] {
  const joined: TimeRange[] = [];
  for (const range of ranges.toSorted((one, other) => one.from - other.from)) {
    const last = joined.at(-1);
    if (!last || range.from > last.to + joinSeconds) joined.push(range);
    else if (range.to > last.to) joined[joined.length - 1] = { from: last.from, to: range.to };
  }
  return joined;
}

/** The damage of an item as it is reported; null: there is none. */
export function describeDamage(ranges: readonly TimeRange[]): MediaDamage | null {
  const joined = joinRanges(ranges);
  const seconds = joined.reduce((sum, { from, to }) => sum + to - from, 0);
  if (joined.length === 0) return null;
  let reported = joined;
  for (let gap = JOIN_SECONDS * 2; reported.length > MAX_RANGES; gap *= 2) reported = joinRanges(joined, gap);
  return {
    cause: 'source',
    source: null,
    repair: null,
    seconds: rounded(seconds),
    ranges: reported.map(({ from, to }) => ({ from: rounded(from), to: rounded(to) })),
  };
}

/** Reports whether an item of so many seconds is worth publishing with its damage. */
export function isAcceptable({ seconds }: Pick<MediaDamage, 'seconds'>, itemSeconds: number): boolean {
  return (seconds ?? 0) <= itemSeconds * MAX_SHARE;
}

function rounded(seconds: number): number {
  return Math.max(0, Math.round(seconds * 10) / 10);
}
