import { expect, test } from 'vitest';
import { groupJobs, newestFirst, withJobPage } from '../../src/stores/job-list.ts';
import { aJob } from '../support/canned.ts';

const at = (day: number) => ({ createdAt: `2026-11-${String(day).padStart(2, '0')}T10:00:00.000Z` });

test('jobs in every state: are grouped by state, waiting ones in the order of the queue', () => {
  const jobs = newestFirst(
    new Map(
      [
        aJob({ id: 'first', state: 'queued', ...at(10) }),
        aJob({ id: 'second', state: 'queued', ...at(11) }),
        aJob({ id: 'working', state: 'verifying', ...at(9) }),
        aJob({ id: 'done', state: 'ready', ...at(12) }),
        aJob({ id: 'broken', state: 'failed', ...at(13) }),
        aJob({ id: 'stopped', state: 'cancelled', ...at(14) }),
      ].map((job) => [job.id, job]),
    ),
  );
  const groups = groupJobs(jobs);
  expect(groups.active.map(({ id }) => id)).toEqual(['working']);
  expect(groups.waiting.map(({ id }) => id)).toEqual(['first', 'second']);
  expect(groups.failed.map(({ id }) => id)).toEqual(['stopped', 'broken']);
  expect(groups.finished.map(({ id }) => id)).toEqual(['done']);
});

test('a page older than the last event of a job: is ignored; a later attempt: replaces the job', () => {
  const jobs = new Map([['j', aJob({ id: 'j', state: 'ready' })]]);
  expect(withJobPage(jobs, [aJob({ id: 'j', state: 'converting' })]).get('j')?.state).toBe('ready');
  expect(withJobPage(jobs, [aJob({ id: 'j', state: 'queued', attempt: 2 })]).get('j')?.state).toBe('queued');
});
