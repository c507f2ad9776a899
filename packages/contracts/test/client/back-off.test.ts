import { expect, test } from 'vitest';
import { backOffMs } from '../../src/client/back-off.ts';

test('backOffMs after several failures: doubles from the first wait to the longest', () => {
  const waits = [1, 2, 3, 4, 5, 5000].map((failures) => backOffMs(failures, { firstMs: 100, mostMs: 1000 }));
  expect(waits).toEqual([100, 200, 400, 800, 1000, 1000]);
});
