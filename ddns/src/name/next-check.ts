import { retryDelay } from './update-decision.ts';

/** What speaks for a time of the next look; times are milliseconds since 1970. */
export interface CheckReasons {
  readonly now: number;
  /** When the schedule wants it. */
  readonly tick: number;
  /** When a write that has to wait may be; undefined: none has to. */
  readonly writeAt: number | undefined;
  /** Looks in a row that found out too little. */
  readonly failedLooks: number;
  /** Gives a number between 0 and 1. */
  readonly random: () => number;
}

const LONGEST_JITTER_MS = 30_000;
const SHORTEST_WAIT_MS = 1000;

/** The schedule's next look, a little later than on the dot; earlier after a failed look, and when a write has to wait. */
export function nextCheckTime({ now, tick, writeAt, failedLooks, random }: CheckReasons): number {
  const planned = tick + random() * Math.min(LONGEST_JITTER_MS, (tick - now) / 10);
  const retry = failedLooks > 0 ? now + retryDelay(failedLooks, random()) : planned;
  return Math.max(Math.min(planned, retry, writeAt ?? planned), now + SHORTEST_WAIT_MS);
}
