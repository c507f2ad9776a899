import type { Failure } from '../program/failure.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The limits of certbot's runs, below those of Let's Encrypt (letsencrypt.org/docs/rate-limits). */
export interface AttemptLimits {
  /** Milliseconds to wait after the first failure in a row, the second, …; the last one repeats. Up to a quarter is added. */
  readonly retryDelaysMs: readonly number[];
  /** Runs without a certificate in any 60 minutes. Let's Encrypt: 5 failed validations per hour and name. */
  readonly failuresPerHour: number;
  /** Certificates in any 7 days. Let's Encrypt: 5 for the same names. */
  readonly certificatesPerWeek: number;
}

export const ATTEMPT_LIMITS: AttemptLimits = {
  retryDelaysMs: [MINUTE, 10 * MINUTE, HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR],
  failuresPerHour: 4,
  certificatesPerWeek: 4,
};

/** The attempts so far; times in milliseconds since 1970, oldest first. */
export interface AttemptHistory {
  readonly failedAt: readonly number[];
  readonly issuedAt: readonly number[];
}

/** The earliest time of a run within the limits per hour and week; in the past or now: it may run. */
export function earliestRun(history: AttemptHistory, limits: AttemptLimits): number {
  return Math.max(
    earliestBelow(history.failedAt, limits.failuresPerHour, HOUR),
    earliestBelow(history.issuedAt, limits.certificatesPerWeek, 7 * DAY),
  );
}

/** Milliseconds to wait after this many failures in a row (1 or more). `random` is between 0 and 1. */
export function retryDelay(failuresInRow: number, failure: Failure, limits: AttemptLimits, random: number): number {
  const { retryDelaysMs } = limits;
  const planned = retryDelaysMs[Math.min(failuresInRow, retryDelaysMs.length) - 1] ?? HOUR;
  const demanded = failure.cause === 'rate-limited' ? Math.max(HOUR, (failure.retryAfterSeconds ?? 0) * 1000) : 0;
  return Math.max(planned, demanded) * (1 + random / 4);
}

function earliestBelow(times: readonly number[], most: number, windowMs: number): number {
  const oldest = times.at(-most);
  return oldest === undefined ? 0 : oldest + windowMs;
}
