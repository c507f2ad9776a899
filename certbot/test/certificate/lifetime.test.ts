import { describe, expect, test } from 'vitest';
import { isDue } from '../../src/certificate/lifetime.ts';

const DAY = 86_400_000;

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
  ])('with a lifetime of %d days, after %d days: isDue returns %s', ([life, age, due]) => {
    expect(isDue(lasting(life), after(age))).toBe(due);
  });
});
