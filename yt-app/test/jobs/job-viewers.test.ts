import { expect, test } from 'vitest';
import { createJobViewers } from '../../src/jobs/job-viewers.ts';

/** Viewers, and the priorities that were written, in their order. */
function watchPriorities() {
  const written: string[] = [];
  const viewers = createJobViewers({
    async setPriority(id, priority) {
      await Promise.resolve();
      written.push(`${id} ${priority}`);
    },
  });
  return { written, viewers };
}

test('a job with two viewers: has priority until the last one leaves', async () => {
  const { written, viewers } = watchPriorities();
  const [first, second] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()];
  const waiting = [first, second].map(({ promise }) => viewers.whileWaiting('a', () => promise));
  first.resolve(undefined);
  await waiting[0];
  expect(written.at(-1)).toBe('a 1');
  second.resolve(undefined);
  await waiting[1];
  expect(written.at(-1)).toBe('a 0');
});

test('a viewer whose stream fails: leaves, and gets the failure', async () => {
  const { written, viewers } = watchPriorities();
  await expect(viewers.whileWaiting('a', () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  expect(written).toEqual(['a 1', 'a 0']);
});

test('a priority that could not be written: does not keep the next one from being written', async () => {
  let failures = 1;
  const viewers = createJobViewers({
    setPriority: () => (failures-- > 0 ? Promise.reject(new Error('no database')) : Promise.resolve()),
  });
  await expect(viewers.whileWaiting('a', () => Promise.resolve('seen'))).rejects.toThrow('no database');
  expect(await viewers.whileWaiting('b', () => Promise.resolve('seen'))).toBe('seen');
});
