import { expect, test } from 'vitest';
import type { Job } from '../../src/jobs/job.ts';
import { createTransport } from '../../src/client/transport.ts';

test('a call that differs from the endpoint table: does not compile', () => {
  const call = createTransport({});
  const wrongCalls = [
    // @ts-expect-error no such endpoint
    () => call('getJobs', {}),
    // @ts-expect-error the path has an id
    () => call('getJob', {}),
    // @ts-expect-error a job has a url
    () => call('createJob', { body: { type: 'video' } }),
    // @ts-expect-error of another type than the schema says
    () => call('listMedia', { query: { sort: 'colour' } }),
    // @ts-expect-error the answer is a list
    (): Promise<Job> => call('listJobs', {}),
  ];
  expect(wrongCalls).toHaveLength(5);
});
