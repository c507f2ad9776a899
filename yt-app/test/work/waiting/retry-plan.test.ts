import { problemTypes } from '@linkcast/contracts';
import { describe, expect, test } from 'vitest';
import { planRetry } from '../../../src/work/waiting/retry-plan.ts';

const HOUR_MS = 3_600_000;
const now = 1_000_000;
const job = { attempt: 1, retries: 0, submittedAt: now };
const circumstances = { now, random: 0, nextTrialMs: undefined };

/** The pauses of a job that fails for the same reason again and again, in seconds. */
function pauses(code: (typeof problemTypes)[number]): number[] {
  const found: number[] = [];
  for (let retries = 0; ; retries += 1) {
    const plan = planRetry({ ...job, retries }, code, circumstances);
    if (!plan) return found;
    found.push((plan.notBefore - now) / 1000);
  }
}

describe('a job that fails again and again', () => {
  test('because its source cannot be reached: is tried again with growing pauses for six to twelve hours', () => {
    const found = pauses('source-unreachable');
    expect(found.slice(0, 6)).toEqual([10, 30, 120, 600, 1800, 3600]);
    expect(found).toEqual(found.toSorted((a, b) => a - b));
    const total = found.reduce((sum, pause) => sum + pause, 0);
    expect(total).toBeGreaterThan(6 * 3600);
    expect(total).toBeLessThan(12 * 3600);
  });

  test('because the source asks for fewer requests: is left alone for ten minutes first', () => {
    expect(pauses('source-rate-limited')[0]).toBe(600);
  });

  test.each(['source-truncated', 'program-killed', 'conversion-failed'] as const)(
    'with %s, for which it downloads everything each time: is tried three times more',
    (code) => {
      expect(pauses(code)).toHaveLength(3);
    },
  );

  test('for a reason that stays: is not tried again', () => {
    const final = problemTypes.filter((code) => code !== 'source-upcoming' && pauses(code).length === 0);
    expect(final).toEqual(
      expect.arrayContaining([
        'source-private',
        'source-not-found',
        'source-drm',
        'source-live',
        'too-long',
        'too-large',
      ]),
    );
    expect(final).toEqual(expect.arrayContaining(['source-extractor', 'verification-failed', 'attempts-exhausted']));
    expect(final).toContain('internal'); // a bug is seen at once
  });
});

test('the pause: is up to a fifth longer, at random', () => {
  const after = (random: number) => planRetry(job, 'source-unreachable', { ...circumstances, random })?.notBefore ?? 0;
  expect([after(0) - now, after(0.5) - now, after(1) - now]).toEqual([10_000, 11_000, 12_000]);
});

test('a retry: counts as a retry, and the attempt stays counted', () => {
  expect(planRetry({ ...job, attempt: 3, retries: 2 }, 'source-stalled', circumstances)).toMatchObject({
    attempt: 3,
    retries: 3,
  });
});

describe('a failure that concerns all jobs', () => {
  test('counts neither as a retry nor as an attempt, and the job waits for the next trial', () => {
    const plan = planRetry({ ...job, attempt: 4, retries: 3 }, 'source-unreachable', {
      ...circumstances,
      nextTrialMs: now + 30_000,
    });
    expect(plan).toEqual({ attempt: 3, retries: 3, notBefore: now + 30_000 });
  });

  test('of a job that is hours old: counts, so that every job ends', () => {
    const old = { ...job, submittedAt: now - 10 * HOUR_MS };
    const during = { ...circumstances, nextTrialMs: now + 30_000 };
    expect(planRetry({ ...old, retries: 12 }, 'source-unreachable', during)).toMatchObject({ retries: 13 });
    expect(planRetry({ ...old, retries: 13 }, 'source-unreachable', during)).toBeUndefined();
  });
});

describe('a broadcast that has not begun', () => {
  const MINUTE_MS = 60_000;
  const at = (startsInMs: number, passedMs = 0) =>
    planRetry({ ...job, submittedAt: 0 }, 'source-upcoming', {
      ...{ now: passedMs, random: 0, nextTrialMs: undefined },
      startsAt: new Date(startsInMs).toISOString(),
    });

  test('is asked for each hour, and shortly after its announced begin', () => {
    expect(at(20 * HOUR_MS)?.notBefore).toBe(HOUR_MS);
    expect(at(20 * MINUTE_MS)?.notBefore).toBe(20 * MINUTE_MS + 15_000);
  });

  test('is asked for after a minute when it is late, and then after longer pauses', () => {
    const late = [0, 20 * MINUTE_MS, 2 * HOUR_MS, 24 * HOUR_MS].map((ms) => (at(0, ms)?.notBefore ?? 0) - ms);
    expect(late).toEqual([MINUTE_MS, 5 * MINUTE_MS, 30 * MINUTE_MS, HOUR_MS]);
  });

  test('is given up two days after its begin, and a month after the link was sent', () => {
    expect(at(0, 49 * HOUR_MS)).toBeUndefined();
    expect(at(40 * 24 * HOUR_MS, 29 * 24 * HOUR_MS)).toBeDefined();
    expect(at(40 * 24 * HOUR_MS, 31 * 24 * HOUR_MS)).toBeUndefined();
  });

  test('without an announced begin: is asked for after growing pauses', () => {
    const plan = planRetry({ ...job, submittedAt: 0 }, 'source-upcoming', { ...circumstances, now: 80 * MINUTE_MS });
    expect(plan?.notBefore).toBe(100 * MINUTE_MS);
  });
});
