import { beforeEach, expect, test } from 'vitest';
import { checkJobs } from '../../torture/checks/job-checks.ts';
import { createLedger, type Entry, type Ledger } from '../../torture/ledger.ts';
import { evidence, item, job, URL } from './made-up-evidence.ts';

let ledger: Ledger;
let entry: Entry;

beforeEach(() => {
  ledger = createLedger();
  entry = ledger.add({ url: URL, type: 'video', source: 'healthy' });
});
const broken = (): string[] => ledger.violations.map(({ promise }) => promise);

test('jobs that ended with their items: nothing is broken', () => {
  entry.jobIds.add('job');
  const made = item();
  checkJobs(ledger, evidence({ jobs: [job({ mediaId: made.id })], media: [made] }));
  expect(broken()).toEqual([]);
});

test('an accepted job that is not listed: is lost, and counted', () => {
  entry.jobIds.add('job');
  checkJobs(ledger, evidence());
  expect(broken()).toEqual(['an accepted job is not lost']);
  expect(ledger.counts.get('jobs: lost')).toBe(1);
});

test.each([
  ['an accepted job ends', { state: 'downloading' }],
  ['a ready job has its item', { mediaId: 'none' }],
  ['a healthy source is not blamed', { state: 'failed' }],
  ['every job was asked for', { url: 'http://nobody/asked' }],
  ['the times of a job are in order', { state: 'cancelled', finishedAt: '2025-01-01T00:00:00.000Z' }],
] as const)('%s: a job with %o breaks it', (promise, fields) => {
  entry.jobIds.add('job');
  checkJobs(ledger, evidence({ jobs: [job(fields)] }));
  expect(broken()).toContain(promise);
});

test('two items of one link: break a promise', () => {
  checkJobs(ledger, evidence({ media: [item(), item()] }));
  expect(broken()).toEqual(['one item per link']);
});

test('one job that is listed twice: breaks a promise', () => {
  entry.isUnwanted = true;
  checkJobs(ledger, evidence({ jobs: [job(), job()] }));
  expect(broken()).toContain('a job is listed once');
});

test.each(['broken', 'forbidden'] as const)('an item of a %s source: breaks a promise', (source) => {
  ledger.add({ url: 'http://bad/source', type: 'video', source }).isUnwanted = true;
  checkJobs(ledger, evidence({ jobs: [job({ url: 'http://bad/source' })] }));
  expect(broken()).toEqual(['a broken source gives no item']);
});

test('jobs that a damaged database has lost: break no promise with a notice, and one without', () => {
  entry.jobIds.add('job');
  ledger.forgive('yt-app');
  checkJobs(ledger, evidence({ notices: ['database-lost-notice'] }));
  expect(broken()).toEqual([]);
  expect(ledger.counts.get('jobs: lost with a damaged database')).toBe(1);
  checkJobs(ledger, evidence());
  expect(broken()).toEqual(['the loss of a database is said']);
});

test('a damaged database of the bot: excuses no lost job', () => {
  entry.jobIds.add('job');
  ledger.forgive('bot');
  checkJobs(ledger, evidence());
  expect(broken()).toEqual(['an accepted job is not lost']);
});
