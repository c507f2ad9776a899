import { setImmediate } from 'node:timers/promises';
import { queryObjects } from 'node:v8';
import { expect, test } from 'vitest';
import { createJobChanges, type JobChanges } from '../../src/work/reports/job-changes.ts';

/** A change of a job that runs until the test ends it. */
function startChange(jobChanges: JobChanges, jobId: string) {
  const end = Promise.withResolvers<string>();
  const change = { hasBegun: false, end, result: Promise.resolve('') };
  change.result = jobChanges.run(jobId, () => {
    change.hasBegun = true;
    return end.promise;
  });
  change.result.catch(() => undefined); // the test checks it
  return change;
}

test('three changes of one job: run one after another, also after a failed one', async () => {
  const jobChanges = createJobChanges();
  const changes = ['first', 'second', 'third'].map(() => startChange(jobChanges, 'job'));
  const [first, second, third] = changes;
  const begun = async () => {
    await setImmediate();
    return changes.map(({ hasBegun }) => hasBegun);
  };
  expect(await begun()).toEqual([true, false, false]);
  first?.end.reject(new Error('the disk is full'));
  await expect(first?.result).rejects.toThrow('the disk is full');
  expect(await begun()).toEqual([true, true, false]);
  second?.end.resolve('second');
  expect(await second?.result).toBe('second');
  expect(await begun()).toEqual([true, true, true]);
  third?.end.resolve('third');
  expect(await third?.result).toBe('third');
});

test('changes of different jobs: run at the same time', async () => {
  const jobChanges = createJobChanges();
  const changes = [startChange(jobChanges, 'one'), startChange(jobChanges, 'two')];
  await setImmediate();
  expect(changes.map(({ hasBegun }) => hasBegun)).toEqual([true, true]);
});

test('a job whose changes have ended: is forgotten with its last result', async () => {
  class Result {
    readonly isDone = true;
  }
  const jobChanges = createJobChanges();
  const run = async () => {
    await jobChanges.run('job', () => Promise.resolve(new Result()));
  };
  await run();
  await setImmediate();
  expect(queryObjects(Result)).toBe(0);
  await run(); // until here they are in use
});
