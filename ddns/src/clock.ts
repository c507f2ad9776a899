import { setTimeout as delay } from 'node:timers/promises';

/** Time, so that a test can let days pass. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Resolves after so long, or at once when the signal is aborted; never rejects. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
}

/** A timer does not count while the machine sleeps: long waits look at the clock every minute. */
const LONGEST_TIMER_MS = 60_000;

export const systemClock: Clock = {
  now: () => Date.now(),
  wait: async (ms, signal) => {
    const end = Date.now() + ms;
    while (Date.now() < end && !signal.aborted)
      await delay(Math.min(end - Date.now(), LONGEST_TIMER_MS), undefined, { signal }).catch(() => undefined); // aborted
  },
};
