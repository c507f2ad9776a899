import { backOffMs } from '@linkcast/contracts';

const BACK_OFF = { firstMs: 60_000, mostMs: 3_600_000 };

/** Milliseconds to wait after a permanent refusal. The retry notices a change at the provider without a restart. */
export const REFUSAL_WAIT_MS = 6 * 3_600_000;

/**
 * Milliseconds to wait after this many failures in a row (1 or more): 1 minute, doubled each time, at most an hour.
 *
 * @param random between 0 and 1: varies the wait by a quarter, so that many installations do not retry at the same moment.
 */
export function retryDelay(failures: number, random: number): number {
  return Math.round(backOffMs(failures, BACK_OFF) * (0.75 + random / 2));
}
