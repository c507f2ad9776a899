import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openAppDatabase, type AppDatabase } from '../../src/database/app-database.ts';
import { createDataDiskSource } from '../../src/notices/sources/data-disk-source.ts';
import { diskLevel } from '../../src/retention/disk-level.ts';
import { createMediaDiskSource } from '../../src/notices/sources/media-disk-source.ts';
import { openBoard, type NoticeFixture } from '../fixtures/notice-fixture.ts';

const DISK_BYTES = 40e6;

let folder: string;
let disk: string;
let isMounted = false;
let database: AppDatabase;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'linkcast-disks-'));
  disk = path.join(folder, 'disk');
  await mkdir(disk);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_BYTES}`, 'tmpfs', disk], { stdio: 'ignore' });
    isMounted = true;
  } catch {
    isMounted = false; // only root may
  }
});
afterAll(async () => {
  if (isMounted) execFileSync('umount', [disk]);
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async ({ skip }) => {
  skip(!isMounted, 'a small disk can be mounted by root only');
  database = await openAppDatabase(':memory:');
});
afterEach(() => database.close());

/** Fills the disk until so much percent of it are left. */
async function leave(percent: number): Promise<void> {
  await rm(path.join(disk, 'filling'), { force: true });
  const bytes = Math.floor((DISK_BYTES / 100) * (100 - percent));
  execFileSync('fallocate', ['-l', String(bytes), path.join(disk, 'filling')]);
}

/** Observes, and returns severity and code of the message of each notice. */
async function levels(fixture: NoticeFixture) {
  await fixture.observe();
  return fixture.board.open().map(({ severity, message }) => [severity, message?.code]);
}

describe('the disk of the library', () => {
  let trash = 0;
  const trashBytes = () => Promise.resolve(trash);
  const open = (storageLimit = 1, isMediaPresent = () => true) =>
    openBoard({
      database,
      sources: () => [createMediaDiskSource({ mediaDir: disk, storageLimit, isMediaPresent, trashBytes })],
    });

  test('full, with items in the trash: the owner reads how much of the disk it takes', async () => {
    trash = 12e9;
    const fixture = await open();
    await leave(0.5);
    await fixture.observe();
    expect(fixture.board.open()[0]?.action?.sentence).toContain('Empty the trash: what is in it takes 12 GB.');
    trash = 0;
  });

  test('filling and emptying: rises to critical, and falls with a margin, as one notice', async () => {
    const fixture = await open();
    await leave(8);
    expect(await levels(fixture)).toEqual([]);
    await leave(4);
    expect(await levels(fixture)).toEqual([['warning', 'disk-filling-notice']]);
    const [{ key } = { key: '' }] = fixture.board.open();
    await leave(6);
    expect(await levels(fixture)).toEqual([['warning', 'disk-filling-notice']]);
    await leave(0.5);
    expect(await levels(fixture)).toEqual([['critical', 'disk-filling-notice']]);
    await leave(1.3);
    expect(await levels(fixture)).toEqual([['critical', 'disk-filling-notice']]);
    await leave(2);
    expect(await levels(fixture)).toEqual([['warning', 'disk-filling-notice']]);
    expect(fixture.board.open().map((one) => one.key)).toEqual([key]);
    await leave(8);
    expect(await levels(fixture)).toEqual([]);
  });

  test('over STORAGE_LIMIT: is critical, although the disk has room', async () => {
    const fixture = await open(0.9);
    await leave(14);
    expect(await levels(fixture)).toEqual([['warning', 'disk-filling-notice']]);
    await leave(9);
    expect(await levels(fixture)).toEqual([['critical', 'disk-full-notice']]);
    expect(fixture.board.open()[0]?.sentence).toContain('90%');
    expect(fixture.board.open()[0]?.action?.sentence).toContain('MEDIA_DIR');
  });

  test('not mounted: keeps its notice', async () => {
    let isReady = true;
    const fixture = await open(1, () => isReady);
    await leave(4);
    expect(await levels(fixture)).toHaveLength(1);
    isReady = false;
    await leave(50);
    expect(await levels(fixture)).toHaveLength(1);
  });
});

test('a full disk of DATA_DIR: is a notice where it is another disk than that of the library', async () => {
  const open = (mediaDir: string, isMediaPresent = true) =>
    openBoard({
      database,
      sources: () => [createDataDiskSource({ dataDir: disk, mediaDir, isMediaPresent: () => isMediaPresent })],
    });
  await leave(0.5);
  expect(await levels(await open(disk))).toEqual([]);
  expect(await levels(await open(folder))).toEqual([['critical', 'data-disk-full-notice']]);
  expect(await levels(await open(path.join(folder, 'missing'), false))).toHaveLength(1);
  await leave(4);
  expect(await levels(await open(folder))).toEqual([['warning', 'data-disk-filling-notice']]);
});

test('a disk of 4 TB: is full with less than 2 GB, and almost full with less than 20 GB', () => {
  const level = (roomBytes: number, earlier?: 'warning' | 'critical') =>
    diskLevel({ totalBytes: 4e12, roomBytes }, earlier);
  expect([level(21e9), level(19e9), level(1.9e9), level(-1)]).toEqual([undefined, 'warning', 'critical', 'critical']);
  expect([level(29e9, 'warning'), level(31e9, 'warning')]).toEqual(['warning', undefined]);
  expect([level(2.9e9, 'critical'), level(3.1e9, 'critical')]).toEqual(['critical', 'warning']);
});
