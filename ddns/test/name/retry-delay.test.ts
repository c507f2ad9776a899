import { expect, test } from 'vitest';
import { retryDelay } from '../../src/name/retry-delay.ts';

test('the wait after failures: grows from one minute to one hour', () => {
  expect([1, 2, 3, 7, 8, 1000].map((failures) => retryDelay(failures, 0.5) / 60_000)).toEqual([1, 2, 4, 60, 60, 60]);
  expect(retryDelay(1000, 1)).toBeLessThanOrEqual(75 * 60_000);
  expect(retryDelay(1, 0)).toBe(45_000);
});
