import {
  createLogger,
  lockFolder,
  readBackupStatus,
  writeBackupStatus,
  type BackupFailure,
  type BackupStatus,
} from '@linkcast/kit';
import { until } from '@linkcast/testing';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { runBackupProcess } from '../../src/backup/backup-process.ts';
import { isDue, startBackupSchedule } from '../../src/backup/backup-schedule.ts';
import { makeInstallation } from '../fixtures/installation.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const NOW = Date.UTC(2026, 10, 29, 12);
const iso = (ms: number): string => new Date(ms).toISOString();
const MAIN = path.resolve(import.meta.dirname, '../../src/make-backup/main.ts');

describe('isDue', () => {
  const status = (goodMs: number | undefined, failedMs?: number): BackupStatus => ({
    lastGood: goodMs === undefined ? null : { name: 'a', madeAt: iso(goodMs), bytes: 1 },
    lastRun: failedMs === undefined ? null : { endedAt: iso(failedMs), failure: 'disk-full' },
  });

  test.each<[string, BackupStatus, boolean]>([
    ['no backup', status(undefined), true],
    ['a backup of a day ago', status(NOW - DAY_MS), true],
    ['a younger backup', status(NOW - DAY_MS + 1), false],
    ['an old backup, and a run that failed just now', status(NOW - 2 * DAY_MS, NOW - 1), false],
    ['an old backup, and a run that failed an hour ago', status(NOW - 2 * DAY_MS, NOW - HOUR_MS), true],
    ['a backup of a clock that was ahead', status(NOW + 300 * DAY_MS), true],
    ['a failure of a clock that was ahead', status(undefined, NOW + 300 * DAY_MS), true],
  ])('%s: %o', (_, given, expected) => {
    expect(isDue(given, DAY_MS, NOW)).toBe(expected);
  });
});

describe('the schedule', () => {
  test('makes a backup when one is due, and notes a failure that the run could not note', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'linkcast-schedule-'));
    const results: (BackupFailure | undefined)[] = ['took-too-long', undefined];
    let nowMs = NOW;
    let runs = 0;
    const schedule = startBackupSchedule({
      ...{ statusFolder: folder, everyMs: DAY_MS, firstAfterMs: 0, checkMs: 5, clock: () => nowMs },
      logger: createLogger({ service: 'test', destination: { write: () => undefined } }),
      async run() {
        runs += 1;
        const failure = results.shift();
        if (failure === undefined)
          await writeBackupStatus(folder, { lastGood: { name: 'a', madeAt: iso(nowMs), bytes: 1 }, lastRun: null });
        return failure;
      },
    });
    onTestFinished(async () => {
      await schedule.stop();
      await rm(folder, { recursive: true });
    });
    await until(async () => (await readBackupStatus(folder)).lastRun?.failure === 'took-too-long', 5);
    expect(runs).toBe(1);
    nowMs += HOUR_MS;
    await until(async () => (await readBackupStatus(folder)).lastGood !== null, 5);
    expect(runs).toBe(2);
  });
});

describe('a scheduled run', () => {
  const run = (installation: Awaited<ReturnType<typeof makeInstallation>>, wallSeconds: number) =>
    runBackupProcess({
      main: MAIN,
      env: {
        PATH: process.env['PATH'] ?? '',
        DATA_DIR: installation.dataDir,
        MEDIA_DIR: installation.mediaDir,
        BACKUP_DIR: installation.directory,
        LOG_LEVEL: 'error',
      },
      statusFolder: path.join(installation.dataDir, 'yt-app'),
      wallSeconds,
      signal: new AbortController().signal,
    });

  test('is a process of its own, and notes the backup', async () => {
    const installation = await makeInstallation();
    expect(await run(installation, 60)).toBeUndefined();
    const { lastGood, lastRun } = await readBackupStatus(path.join(installation.dataDir, 'yt-app'));
    expect(lastGood?.bytes).toBeGreaterThan(0);
    expect(lastRun?.failure).toBeNull();
  });

  test('while a backup by hand is in progress: notes no failure, from which a notice would come', async () => {
    const installation = await makeInstallation();
    const lock = lockFolder(path.join(installation.dataDir, 'backup'), 'backup');
    onTestFinished(() => lock.release());
    expect(await run(installation, 60)).toBeUndefined();
    expect(await readBackupStatus(path.join(installation.dataDir, 'yt-app'))).toEqual({
      lastGood: null,
      lastRun: null,
    });
  });

  test('that takes too long: is ended, and reported so', async () => {
    expect(await run(await makeInstallation(), 0.1)).toBe('took-too-long');
  });
});
