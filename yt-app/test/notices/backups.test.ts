import { writeBackupStatus, type BackupFailure, type BackupStatus } from '@linkcast/kit';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openAppDatabase, type AppDatabase } from '../../src/database/app-database.ts';
import { createBackupSource } from '../../src/notices/sources/backup-source.ts';
import { MINUTE_MS, openBoard, type NoticeFixture } from '../fixtures/notice-fixture.ts';
import { NOW } from '../fixtures/part-status.ts';

const DAY_MS = 86_400_000;
let dataDir: string;
let database: AppDatabase;

beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'linkcast-backups-'));
  database = await openAppDatabase(':memory:');
});
afterEach(async () => {
  await database.close();
  await rm(dataDir, { recursive: true });
});

const board = (backupEveryMs: number | undefined, oldestMs?: number): Promise<NoticeFixture> =>
  openBoard({
    database,
    sources: (clock) => [
      createBackupSource({ dataDir, backupEveryMs, oldestItem: () => Promise.resolve(oldestMs), clock }),
    ],
  });
const codes = (fixture: NoticeFixture): string[] =>
  fixture.board.open().map(({ key }) => key.slice(0, key.indexOf(':')));
const iso = (ms: number): string => new Date(ms).toISOString();
const good = (madeAtMs: number) => ({ name: 'a', madeAt: iso(madeAtMs), bytes: 1 });
const note = (status: Partial<BackupStatus>) =>
  writeBackupStatus(dataDir, { lastGood: null, lastRun: null, ...status });
const failed = (failure: BackupFailure) => ({ endedAt: iso(NOW), failure });

test('a daily backup: is reported when two days have passed without a good one, until there is one', async () => {
  await note({ lastGood: good(NOW) });
  const fixture = await board(DAY_MS);
  await fixture.observe(2 * DAY_MS);
  expect(codes(fixture)).toEqual([]);
  await fixture.observe(MINUTE_MS);
  expect(codes(fixture)).toEqual(['backup-old']);
  expect(fixture.board.open()[0]).toMatchObject({
    severity: 'warning',
    sentence: 'The newest good backup is 2 days old.',
  });
  await note({ lastGood: good(fixture.nowMs) });
  await fixture.observe(MINUTE_MS);
  expect(codes(fixture)).toEqual([]);
});

test('a failure that lasts for two hours: is reported with its reason; one that the next run ends is not', async () => {
  await note({ lastGood: good(NOW), lastRun: failed('disk-full') });
  const fixture = await board(DAY_MS);
  await fixture.pass(119 * MINUTE_MS);
  expect(codes(fixture)).toEqual([]);
  await fixture.pass(2 * MINUTE_MS);
  expect(fixture.board.open()).toMatchObject([
    { severity: 'warning', sentence: expect.stringContaining('disk of the backups is full') as unknown },
  ]);
  await note({ lastGood: good(fixture.nowMs), lastRun: { endedAt: iso(fixture.nowMs), failure: null } });
  await fixture.observe();
  expect(codes(fixture)).toEqual([]);
});

test('a schedule without any backup: is reported after an hour', async () => {
  const fixture = await board(DAY_MS);
  await fixture.pass(59 * MINUTE_MS);
  expect(codes(fixture)).toEqual([]);
  await fixture.pass(2 * MINUTE_MS);
  expect(codes(fixture)).toEqual(['backup-missing']);
});

test.each([
  ['a library of 30 days', NOW - 30 * DAY_MS, ['backup-none']],
  ['a young library', NOW - 29 * DAY_MS, []],
  ['an empty library', undefined, []],
])('%s without a schedule and without a backup: has the hint when it is worth one', async (_, oldestMs, expected) => {
  const fixture = await board(undefined, oldestMs);
  await fixture.observe();
  expect(codes(fixture)).toEqual(expected);
});

test('the hint: is information, keeps its key, and ends with a backup that was made by hand', async () => {
  const fixture = await board(undefined, NOW - 31 * DAY_MS);
  const [key] = await fixture.observe();
  expect(fixture.board.open()[0]?.severity).toBe('info');
  expect(await fixture.observe(300 * DAY_MS)).toEqual([key]);
  await note({ lastGood: good(NOW) });
  expect(await fixture.observe()).toEqual([]);
});
