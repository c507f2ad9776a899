import { expect, test } from 'vitest';
import { checkAfterFailure, isGivenUp, nextCheck, nextTry } from '../../src/following/check-times.ts';

const NOW = Date.UTC(2026, 9, 24, 12);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

test('every so many hours: the pause is up to a tenth longer at random', () => {
  const schedule = { kind: 'every', hours: 10 } as const;
  expect(nextCheck(schedule, NOW, 0)).toBe(NOW + 10 * HOUR);
  expect(nextCheck(schedule, NOW, 1)).toBe(NOW + 11 * HOUR);
});

test('daily: the local time of the zone, also after the clocks have changed', () => {
  const schedule = { kind: 'daily', at: '06:30', timeZone: 'Europe/Madrid' } as const;
  expect(new Date(nextCheck(schedule, NOW - DAY, 0)).toISOString()).toBe('2026-10-24T04:30:00.000Z');
  expect(new Date(nextCheck(schedule, NOW, 0)).toISOString()).toBe('2026-10-25T05:30:00.000Z');
  expect(nextCheck(schedule, NOW, 1) - nextCheck(schedule, NOW, 0)).toBe(15 * 60_000);
});

test('while videos wait for room: within about an hour, and no later than the schedule', () => {
  expect(nextTry({ kind: 'every', hours: 24 }, NOW, 0)).toBe(NOW + HOUR);
  expect(nextTry({ kind: 'every', hours: 1 }, NOW, 0)).toBe(NOW + HOUR);
});

test('a week of failures: few checks, and never further apart than about three days', () => {
  let [now, checks] = [NOW, 0];
  while (now < NOW + 7 * DAY) {
    checks += 1;
    const next = checkAfterFailure(checks, now, 1);
    expect(next - now).toBeLessThanOrEqual(3.3 * DAY);
    now = next;
  }
  expect(checks).toBeGreaterThan(5);
  expect(checks).toBeLessThan(12);
});

test('a list that has failed for a week goes on; after 30 days it does not', () => {
  expect(isGivenUp(NOW, NOW + 7 * DAY)).toBe(false);
  expect(isGivenUp(NOW, NOW + 30 * DAY)).toBe(true);
});
