import { describe, expect, test } from 'vitest';
import { formatClock } from '../../src/format/duration.ts';

describe('formatClock', () => {
  test.each([
    [0, '0:00'],
    [7.9, '0:07'],
    [65, '1:05'],
    [3723, '1:02:03'],
    [-3, '0:00'],
  ])('%d seconds: become %s', (seconds, clock) => expect(formatClock(seconds)).toBe(clock));
});
