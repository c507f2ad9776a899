import { expect, test } from 'vitest';
import { backOffMs } from '../../src/connection/back-off.ts';

test('the delay of several attempts: doubles up to its maximum', () => {
  expect([0, 1, 2, 10].map((attempt) => backOffMs(attempt))).toEqual([1000, 2000, 4000, 30_000]);
});
