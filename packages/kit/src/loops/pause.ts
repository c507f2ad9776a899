import { setTimeout as delay } from 'node:timers/promises';

/** Timers do not count while the machine sleeps, and clocks are set: so the clock is read at least this often. */
const LONGEST_TIMER_MS = 30_000;

/** Resolves after so many milliseconds, or as soon as the signal is aborted; never rejects. The caller checks the signal. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal }).catch(() => undefined); // aborted: the wait is over
}

/** {@link pause} until a time of a clock, however far away. Default: milliseconds since 1970. */
export async function pauseUntil(time: number, signal: AbortSignal, now: () => number = Date.now): Promise<void> {
  for (let left = time - now(); left > 0 && !signal.aborted; left = time - now())
    await pause(Math.min(left, LONGEST_TIMER_MS), signal);
}
