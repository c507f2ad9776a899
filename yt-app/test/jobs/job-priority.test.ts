import { expect, test } from 'vitest';
import { createJobPriority } from '../../src/jobs/claims/job-priority.ts';

/** Job priority, and the values that were written, in their order. */
function watchPriorities() {
  const written: string[] = [];
  const priority = createJobPriority({
    async setPriority(id, priority) {
      await Promise.resolve();
      written.push(`${id} ${priority}`);
    },
  });
  return { written, priority };
}

test('a job with two viewers: has priority until the last one leaves', async () => {
  const { written, priority } = watchPriorities();
  const [first, second] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()];
  const waiting = [first, second].map(({ promise }) => priority.whileWaiting('a', () => promise));
  first.resolve(undefined);
  await waiting[0];
  expect(written.at(-1)).toBe('a 1');
  second.resolve(undefined);
  await waiting[1];
  expect(written.at(-1)).toBe('a 0');
});

test('a viewer whose stream fails: leaves, and gets the failure', async () => {
  const { written, priority } = watchPriorities();
  await expect(priority.whileWaiting('a', () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  expect(written).toEqual(['a 1', 'a 0']);
});

test('a priority that could not be written: does not keep the next one from being written', async () => {
  let failures = 1;
  const priority = createJobPriority({
    setPriority: () => (failures-- > 0 ? Promise.reject(new Error('no database')) : Promise.resolve()),
  });
  await expect(priority.whileWaiting('a', () => Promise.resolve('seen'))).rejects.toThrow('no database');
  expect(await priority.whileWaiting('b', () => Promise.resolve('seen'))).toBe('seen');
});
