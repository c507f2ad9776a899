import { retryDelay } from './retry-delay.ts';

/** The facts that decide the time of the next check; times are milliseconds since 1970. */
export interface CheckFacts {
  readonly now: number;
  /** Time of the schedule. */
  readonly scheduledAt: number;
  /** Earliest time of a write that has to wait; undefined: none has to. */
  readonly writeAt: number | undefined;
  /** Failed checks in a row. */
  readonly failedChecks: number;
  /** Gives a number between 0 and 1. */
  readonly random: () => number;
}

const LONGEST_JITTER_MS = 30_000;
const SHORTEST_WAIT_MS = 1000;

/** Time of the next check: the schedule's with some delay at random; earlier after a failed check, and for a write that waits. */
export function nextCheckTime({ now, scheduledAt, writeAt, failedChecks, random }: CheckFacts): number {
  const planned = scheduledAt + random() * Math.min(LONGEST_JITTER_MS, (scheduledAt - now) / 10);
  const retry = failedChecks > 0 ? now + retryDelay(failedChecks, random()) : planned;
  return Math.max(Math.min(planned, retry, writeAt ?? planned), now + SHORTEST_WAIT_MS);
}
