import { pauseUntil } from '@linkcast/kit';

/** A source of time; a test has one that it moves forward itself. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Resolves after this many milliseconds, or at once when the signal is aborted; never rejects. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  wait: (ms, signal) => pauseUntil(Date.now() + ms, signal),
};
