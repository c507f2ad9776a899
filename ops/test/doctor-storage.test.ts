import { writeBackupStatus, type BackupStatus } from '@linkcast/kit';
import { textsOf } from '@linkcast/texts';
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkBackup, checkDiskSpeed, checkInodes } from '../src/doctor/storage.ts';

const say = textsOf('en').ops.doctor;
const DAY_MS = 86_400_000;
let root: string;
let data: string;

beforeEach(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), 'doctor-storage-'));
  data = path.join(root, 'data');
  await mkdir(path.join(data, 'yt-app'), { recursive: true });
});
afterEach(() => rm(root, { recursive: true, force: true }));

describe('checkBackup', () => {
  const check = (directory: string | undefined) => checkBackup({ data, directory, everySeconds: 86_400 }, say);
  const noteBackup = (ageMs: number, failure: 'disk-full' | null = null): Promise<void> => {
    const at = new Date(Date.now() - ageMs).toISOString();
    const status: BackupStatus = { lastGood: { name: 'a', madeAt: at, bytes: 1 }, lastRun: { endedAt: at, failure } };
    return writeBackupStatus(path.join(data, 'yt-app'), status);
  };

  test('none, and no schedule: is a note with what to do; with a schedule: is a fault', async () => {
    expect(await check(undefined)).toMatchObject({ state: 'note', detail: 'there is none', advice: say.makeBackup });
    expect(await check(root)).toMatchObject({ state: 'bad', advice: say.fixBackup });
  });

  test('a young one by hand: is fine', async () => {
    await noteBackup(1000);
    expect(await check(undefined)).toMatchObject({
      state: 'ok',
      detail: expect.stringContaining('newest good') as string,
    });
  });

  test('a scheduled one on the disk of the data: is a note', async () => {
    await noteBackup(1000);
    expect(await check(path.join(root, 'backups'))).toMatchObject({ state: 'note', advice: say.backupOnSameDisk });
  });

  test.each([
    ['too old', 2 * DAY_MS + 60_000, null],
    ['failed', 1000, 'disk-full'],
  ] as const)('a scheduled one that is %s: is a fault', async (_, ageMs, failure) => {
    await noteBackup(ageMs, failure);
    expect(await check(root)).toMatchObject({ state: 'bad', advice: say.fixBackup });
  });
});

describe('a directory', () => {
  test('that is fine: has a speed, takes more files, and nothing is left in it', async () => {
    expect((await checkDiskSpeed(root, say)).detail).toMatch(/^writes [\d.]+ [kMG]B a second$/);
    expect(await checkInodes(path.join(root, 'not/made/yet'), say)).toMatchObject({ state: 'ok' });
    expect(await readdir(root)).toEqual(['data']);
  });

  test('on a read-only disk with few inodes: both are faults with what to do', async ({ skip }) => {
    const disk = path.join(root, 'disk');
    await mkdir(disk);
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'ro,nr_inodes=100', 'tmpfs', disk], { stdio: 'ignore' });
    } catch {
      skip('a small disk can be mounted by root only');
    }
    try {
      expect(await checkDiskSpeed(disk, say)).toMatchObject({
        state: 'bad',
        detail: `${disk} cannot be written (EROFS)`,
      });
      expect(await checkInodes(disk, say)).toMatchObject({ state: 'bad', advice: say.freeInodes });
    } finally {
      execFileSync('umount', [disk]);
    }
  });
});
