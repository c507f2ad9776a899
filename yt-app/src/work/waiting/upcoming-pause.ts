const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** After the announced time: a broadcast seldom begins to the second. */
const AFTER_BEGIN_MS = 15_000;
/** The part of the time that it is late, or has been waited for, after which a broadcast is asked for again. */
const GROWTH = 0.25;
/** A broadcast that is so late does not begin any more. */
const MOST_LATE_MS = 2 * DAY_MS;
/** One without an announced time is waited for so long; one with a time that is further away, too. */
const MOST_WAIT_MS = 30 * DAY_MS;

/**
 * The pause before a broadcast that has not begun is asked for again: until its begin, an hour at most, because it may be moved; then a
 * minute, and longer and longer pauses.
 *
 * @param startsAtMs the announced begin, in milliseconds since 1970; undefined: none is announced.
 * @returns milliseconds; undefined when it is not waited for any longer.
 */
export function pauseBeforeUpcoming(
  { startsAtMs, submittedAt }: { readonly startsAtMs: number | undefined; readonly submittedAt: number },
  now: number,
): number | undefined {
  if (now - submittedAt > MOST_WAIT_MS) return undefined;
  const lateMs = now - (startsAtMs ?? submittedAt);
  if (lateMs < 0) return Math.min(HOUR_MS, AFTER_BEGIN_MS - lateMs);
  if (startsAtMs !== undefined && lateMs > MOST_LATE_MS) return undefined;
  return Math.round(Math.min(HOUR_MS, Math.max(MINUTE_MS, lateMs * GROWTH)));
}
