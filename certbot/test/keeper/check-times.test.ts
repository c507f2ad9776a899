import { expect, test } from 'vitest';
import { createCheckTimes } from '../../src/keeper/check-times.ts';

const HOUR = 3_600_000;

test.for([0, 0.3, 0.999])('check times with the random number %d: are twelve hours apart', (random) => {
  const times = createCheckTimes(() => random);
  const first = times.after(new Date('2026-01-15T00:00:00Z'));
  const second = times.after(first);
  expect(second.getTime() - first.getTime()).toBe(12 * HOUR);
});
