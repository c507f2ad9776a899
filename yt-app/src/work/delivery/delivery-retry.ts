import { problems, type ProblemType } from '@linkcast/contracts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** From each failure to the next attempt: two days and a half in all, for a server that is switched off over a weekend. */
const PAUSES_MS = [1, 5, 15]
  .map((minutes) => minutes * MINUTE_MS)
  .concat([1, 3, 6, 12, 12, 24].map((hours) => hours * HOUR_MS));
/** The part of a pause by which it is longer at most: deliveries that failed together are not tried together. */
const JITTER = 0.2;

/**
 * The pause before the next attempt of a delivery.
 *
 * @param attempts the failures before that.
 * @param random from 0 to 1.
 * @returns milliseconds; undefined: it has failed for good.
 */
export function pauseBeforeAttempt(code: ProblemType, attempts: number, random: number): number | undefined {
  const pauseMs = problems[code].retryable ? PAUSES_MS[attempts] : undefined;
  return pauseMs === undefined ? undefined : Math.round(pauseMs * (1 + JITTER * random));
}
