import { describe, expect, test } from 'vitest';
import { ATTEMPT_LIMITS, earliestRun, retryDelay } from '../src/attempt-limits.ts';
import { firstChallenge, otherChallenge } from '../src/challenge-order.ts';
import { createCheckTimes } from '../src/check-times.ts';
import { isDue } from '../src/renewal-time.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe('a certificate', () => {
  const start = new Date('2026-01-01T00:00:00Z');
  const lasting = (days: number) => ({ notBefore: start, notAfter: new Date(start.getTime() + days * DAY) });
  const after = (days: number) => new Date(start.getTime() + days * DAY);

  test.for<[number, number, boolean]>([
    [90, 59.9, false],
    [90, 60, true],
    [45, 29.9, false],
    [45, 30, true],
    [6, 2.9, false],
    [6, 3, true],
    [6, 7, true],
  ])('of %d days after %d days: due is %s', ([life, age, due]) => {
    expect(isDue(lasting(life), after(age))).toBe(due);
  });
});

describe('attempts', () => {
  test('four failures within an hour: the next may follow an hour after the first of them', () => {
    const failedAt = [0, 10, 20, 30, 40].map((minutes) => minutes * 60_000);
    expect(earliestRun({ failedAt, issuedAt: [] }, ATTEMPT_LIMITS)).toBe(10 * 60_000 + HOUR);
  });

  test('four certificates within a week: the next may follow a week after the first of them', () => {
    const issuedAt = [0, 1, 2, 3].map((days) => days * DAY);
    expect(earliestRun({ failedAt: [], issuedAt }, ATTEMPT_LIMITS)).toBe(7 * DAY);
  });

  test('the waits grow, and stay at the longest', () => {
    const failure = { cause: 'connection', retryAfterSeconds: null } as const;
    const waits = [1, 2, 3, 6, 50].map((n) => retryDelay(n, failure, ATTEMPT_LIMITS, 0) / 60_000);
    expect(waits).toEqual([1, 10, 60, 720, 720]);
    expect(retryDelay(1, failure, ATTEMPT_LIMITS, 1)).toBe(75_000);
  });

  test('a rate limit means an hour at least, or what the server says; another failure does not heed it', () => {
    const wait = (cause: 'rate-limited' | 'connection', retryAfterSeconds: number | null) =>
      retryDelay(1, { cause, retryAfterSeconds }, ATTEMPT_LIMITS, 0);
    expect(wait('rate-limited', null)).toBe(HOUR);
    expect(wait('rate-limited', 5)).toBe(HOUR);
    expect(wait('rate-limited', 7200)).toBe(2 * HOUR);
    expect(wait('connection', 7200)).toBe(60_000);
  });
});

test.for([0, 0.3, 0.999])('checks with random %d come every twelve hours', (random) => {
  const times = createCheckTimes(() => random);
  const first = times.after(new Date('2026-01-15T00:00:00Z'));
  const second = times.after(first);
  expect(second.getTime() - first.getTime()).toBe(12 * HOUR);
});

describe('the kind of challenge', () => {
  const facts = { setting: 'auto', remembered: null, canSetRecords: true } as const;

  test('auto: HTTP-01 first, and DNS-01 when nobody answered and records can be set', () => {
    expect(firstChallenge(facts)).toBe('http-01');
    expect(otherChallenge(facts, 'http-01', 'connection')).toBe('dns-01');
    expect(otherChallenge({ ...facts, canSetRecords: false }, 'http-01', 'connection')).toBeNull();
    expect(otherChallenge(facts, 'http-01', 'rate-limited')).toBeNull();
  });

  test('auto, DNS-01 worked last: it comes first, and HTTP-01 when the record did not get through', () => {
    const remembering = { ...facts, remembered: 'dns-01' } as const;
    expect(firstChallenge(remembering)).toBe('dns-01');
    expect(firstChallenge({ ...remembering, canSetRecords: false })).toBe('http-01');
    expect(otherChallenge(remembering, 'dns-01', 'record-not-set')).toBe('http-01');
    expect(otherChallenge(remembering, 'dns-01', 'server-away')).toBeNull();
  });

  test('a set kind is the only one', () => {
    const fixed = { ...facts, setting: 'http-01', remembered: 'dns-01' } as const;
    expect(firstChallenge(fixed)).toBe('http-01');
    expect(otherChallenge(fixed, 'http-01', 'connection')).toBeNull();
  });
});
