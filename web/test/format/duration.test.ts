import { describe, expect, test } from 'vitest';
import { formatClock, formatSpan } from '../../src/format/duration.ts';

describe('formatClock', () => {
  test.each([
    [0, '0:00'],
    [7.9, '0:07'],
    [65, '1:05'],
    [3723, '1:02:03'],
    [-3, '0:00'],
  ])('%d seconds become %s', (seconds, clock) => expect(formatClock(seconds)).toBe(clock));
});

describe('formatSpan', () => {
  test.each([
    [0, '1 s'],
    [58, '58 s'],
    [59.6, '1 min'],
    [118, '2 min'],
    [3599, '1 h'],
    [4800, '1 h 20 min'],
  ])('%d seconds become %s', (seconds, span) => expect(formatSpan(seconds)).toBe(span));
});
