import { expect, test } from 'vitest';
import { enteredLimits, limitInputs } from '../../../src/components/people/limit-input.ts';

test.each([
  {},
  { jobsPerDay: null, storageBytes: null, openJobs: null },
  { jobsPerDay: 20, storageBytes: 1_500_000_000, openJobs: 3 },
  { storageBytes: 123_456_789 },
])('the limits %j: are the same after the form', (limits) => {
  expect(enteredLimits(limitInputs(limits))).toEqual(limits);
});

test('a number that is not chosen: is left out', () => {
  const inputs = { ...limitInputs({}), openJobs: { mode: 'none', amount: '5' } } as const;
  expect(enteredLimits(inputs)).toEqual({ openJobs: null });
});
