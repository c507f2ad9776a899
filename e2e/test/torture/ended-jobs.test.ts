import type { Job } from '@linkcast/contracts';
import { expect, test } from 'vitest';
import { untilEnded } from '../../torture/checks/ended-jobs.ts';
import { job } from './made-up-evidence.ts';

test('a job that waits for its source behind more than a page of others: is tried again, and ends', async () => {
  const jobs = new Map<string, Job>();
  for (let number = 0; number < 150; number += 1) jobs.set(`${number}`, job({ id: `${number}`, state: 'ready' }));
  jobs.set('149', job({ id: '149', state: 'queued' }));
  const open = await untilEnded({
    api: {
      listJobs({ limit = 50, cursor = '0' } = {}) {
        const end = Number(cursor) + limit;
        const nextCursor = end < jobs.size ? `${end}` : null;
        return Promise.resolve({ jobs: [...jobs.values()].slice(Number(cursor), end), nextCursor });
      },
      retryJob(id) {
        const failed = job({ id, state: 'failed' });
        jobs.set(id, failed);
        return Promise.resolve(failed);
      },
    },
  });
  expect(open).toEqual([]);
  expect(jobs.get('149')?.state).toBe('failed');
});
