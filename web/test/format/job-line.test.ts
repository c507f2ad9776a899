import { expect, test } from 'vitest';
import { jobLine } from '../../src/format/job-line.ts';
import { aJob } from '../support/canned.ts';
import { english } from '../support/english.ts';

const children = { total: 12, queued: 6, running: 2, ready: 3, failed: 1, cancelled: 0 };

test('a job with children: says how many are ready, and how many have failed', () => {
  expect(jobLine(aJob({ id: 'j', state: 'downloading', children }), english)).toMatch(/ · 3 of 12 ready, 1 failed$/);
});

test('children of which none has failed: are counted without that', () => {
  expect(jobLine(aJob({ id: 'j', state: 'queued', children: { ...children, failed: 0 } }), english)).toMatch(
    /3 of 12 ready$/,
  );
});

test('a repair: is marked as one', () => {
  expect(jobLine(aJob({ id: 'j', repairs: 'abc' }), english)).toMatch(/ · Repair of a damaged item$/);
});

test('any other job: has its state only', () => {
  expect(jobLine(aJob({ id: 'j', state: 'queued' }), english)).not.toMatch(/ready|Repair/);
});
