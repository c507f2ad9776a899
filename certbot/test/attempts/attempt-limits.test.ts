import { describe, expect, test } from 'vitest';
import { ATTEMPT_LIMITS, earliestRun, retryDelay } from '../../src/attempts/attempt-limits.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe('attempts', () => {
  test('four failures within an hour: the next attempt is allowed an hour after the first of the four', () => {
    const failedAt = [0, 10, 20, 30, 40].map((minutes) => minutes * 60_000);
    expect(earliestRun({ failedAt, issuedAt: [] }, ATTEMPT_LIMITS)).toBe(10 * 60_000 + HOUR);
  });

  test('four certificates within a week: the next attempt is allowed a week after the first of the four', () => {
    const issuedAt = [0, 1, 2, 3].map((days) => days * DAY);
    expect(earliestRun({ failedAt: [], issuedAt }, ATTEMPT_LIMITS)).toBe(7 * DAY);
  });

  test('consecutive failures: the waits grow from one minute to twelve hours', () => {
    const failure = { cause: 'connection', retryAfterSeconds: null } as const;
    const waits = [1, 2, 3, 6, 50].map((n) => retryDelay(n, failure, ATTEMPT_LIMITS, 0) / 60_000);
    expect(waits).toEqual([1, 10, 60, 720, 720]);
    expect(retryDelay(1, failure, ATTEMPT_LIMITS, 1)).toBe(75_000);
  });

  test('a rate-limited attempt: waits at least an hour, or as long as the server demands; Retry-After of another failure is ignored', () => {
    const wait = (cause: 'rate-limited' | 'connection', retryAfterSeconds: number | null) =>
      retryDelay(1, { cause, retryAfterSeconds }, ATTEMPT_LIMITS, 0);
    expect(wait('rate-limited', null)).toBe(HOUR);
    expect(wait('rate-limited', 5)).toBe(HOUR);
    expect(wait('rate-limited', 7200)).toBe(2 * HOUR);
    expect(wait('connection', 7200)).toBe(60_000);
  });
});
