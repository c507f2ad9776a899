import { access, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { isEnded, isProblem, type Job } from '@linkcast/contracts';
import {
  createOriginServer,
  fixturePaths,
  makeFixtures,
  mountSmallDisk,
  startYtApp,
  until,
  type OriginServer,
  type SmallDisk,
  type YtAppProcess,
} from '@linkcast/testing';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';

/** The disk is checked after two seconds, and then every five. */
const TWO_CHECKS_MS = 10_000;

let origin: OriginServer;
let disk: SmallDisk;
let service: YtAppProcess | undefined;

beforeAll(async () => {
  origin = await createOriginServer({ root: await makeFixtures() });
});
afterAll(() => origin.close());
beforeEach(async ({ skip }) => {
  const mounted = await mountSmallDisk(48, { inodes: 500 });
  if (!mounted) return skip('a small disk can be mounted by root only');
  disk = mounted;
});
afterEach(async () => {
  await service?.close();
  service = undefined;
  await disk.close();
});

const reserve = () => path.join(disk.folder, 'data/yt-app.reserve');
const exists = (file: string) =>
  access(file).then(
    () => true,
    () => false,
  );
/** Data and media are on the small disk, as on a server with one disk. */
async function start(): Promise<YtAppProcess> {
  service = await startYtApp({
    ALLOW_PRIVATE_SOURCES: origin.hostPort,
    MEDIA_DIR: path.join(disk.folder, 'media'),
    DATA_DIR: path.join(disk.folder, 'data'),
    STORAGE_LIMIT: '100%',
  });
  await until(() => exists(reserve()), 20);
  return service;
}
async function bringIn({ api }: YtAppProcess, query: string): Promise<string> {
  const { id } = await api.createJob({ url: `${origin.url}${fixturePaths.m4a}?${query}`, type: 'audio' });
  const job: Job = await until(async () => {
    const current = await api.getJob(id);
    return isEnded(current.state) && current;
  }, 60);
  expect(job.state).toBe('ready');
  return job.mediaId ?? '';
}
const codeOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => 'no problem',
    (error: unknown) => (isProblem(error) ? error.code : error),
  );
const submit = ({ api }: YtAppProcess) =>
  codeOf(api.createJob({ url: `${origin.url}${fixturePaths.m4a}?another`, type: 'audio' }));
const databaseCheck = async ({ api }: YtAppProcess) =>
  (await api.health()).checks.find(({ name }) => name === 'database');

const noticeCodes = async ({ api }: YtAppProcess) => (await api.health()).notices.map(({ message }) => message?.code);

test('a full disk: items are deleted, and their space is freed; nothing new is accepted until there is room', async () => {
  const running = await start();
  const [first, second] = [await bringIn(running, 'first'), await bringIn(running, 'second')];
  disk.fill();

  await running.api.deleteMedia(first);
  expect((await running.api.listMedia()).media.map(({ id }) => id)).toEqual([second]);
  expect(await exists(reserve())).toBe(false);
  disk.fill(); // others take what was released
  expect(await submit(running)).toBe('storage-full');
  await running.api.deleteMedia(second);
  expect(await running.api.health()).toMatchObject({ version: expect.any(String) as string });

  await running.api.emptyTrash();
  expect((await running.api.listTrash()).media).toEqual([]);
  await until(async () => !(await readdir(path.join(disk.folder, 'media'))).includes(second), 20);

  await disk.empty();
  await until(() => exists(reserve()), 20);
  expect(await submit(running)).toBe('no problem');
}, 120_000);

test('a full disk: a job that waits can be cancelled', async () => {
  const running = await start();
  await running.worker.kill('SIGTERM');
  const url = `${origin.url}${fixturePaths.m4a}?waiting`;
  const { id } = await running.api.createJob({ url, type: 'audio' });
  disk.fill();
  expect(await running.api.cancelJob(id)).toMatchObject({ state: 'cancelled' });
}, 60_000);

test.each(['SIGTERM', 'SIGKILL'] as const)(
  'a start on a full disk without the reserve, after %s: serves, lets delete, accepts nothing, and continues when there is room',
  async (signal) => {
    const running = await start();
    const [kept, deleted] = [await bringIn(running, 'kept'), await bringIn(running, 'deleted')];
    await running.api.deleteMedia(deleted);
    await running.kill(signal);
    await rm(reserve());
    disk.fill();
    await running.start();

    expect((await running.api.listMedia()).media.map(({ id }) => id)).toEqual([kept]);
    expect(await submit(running)).toBe('storage-full');
    if (signal === 'SIGTERM') {
      // SQLite has removed the file that it shares, and there is no room for another
      expect(await databaseCheck(running)).toMatchObject({ ok: false, message: { code: 'database-disk-full' } });
      await until(async () => (await noticeCodes(running)).includes('database-disk-full-notice'), 20);
    }
    await running.api.purgeMedia(deleted);
    expect((await running.api.listTrash()).media).toEqual([]);

    await disk.empty();
    await until(async () => (await databaseCheck(running))?.ok, 30);
    await until(async () => (await submit(running)) === 'no problem', 30);
    expect((await running.api.listMedia()).media.map(({ id }) => id)).toEqual([kept]);
  },
  120_000,
);

test.each(['SIGTERM', 'SIGKILL'] as const)(
  'a start on a read-only disk, after %s: serves, refuses changes with a reason, and continues when it is writable',
  async (signal) => {
    const running = await start();
    const kept = await bringIn(running, 'kept');
    await running.kill(signal);
    disk.setReadOnly(true);
    await running.start();

    expect((await running.api.listMedia()).media.map(({ id }) => id)).toEqual([kept]);
    expect(await submit(running)).toBe('storage-read-only');
    expect(await codeOf(running.api.deleteMedia(kept))).toBe('storage-read-only');
    expect(await databaseCheck(running)).toMatchObject({ ok: false, message: { code: 'database-read-only' } });

    disk.setReadOnly(false);
    await until(async () => (await databaseCheck(running))?.ok, 30);
    await until(async () => (await submit(running)) === 'no problem', 30);
    expect((await running.api.listMedia()).media.map(({ id }) => id)).toEqual([kept]);
  },
  120_000,
);

test('a disk that stays read-only: serves without a restart', async () => {
  const running = await start();
  await running.kill('SIGTERM');
  disk.setReadOnly(true);
  await running.start();
  const countStarts = () => running.main.log().split('database cannot be written').length - 1;
  const endsAt = performance.now() + TWO_CHECKS_MS;
  await until(async () => {
    expect(await running.api.listMedia()).toMatchObject({ media: [] });
    expect(countStarts()).toBe(1);
    return performance.now() > endsAt;
  }, 20);
}, 60_000);

test('a disk without inodes: an item is deleted for good, also after a restart, and everything continues when there are some', async () => {
  const running = await start();
  const [first, second] = [await bringIn(running, 'first'), await bringIn(running, 'second')];
  await disk.takeInodes();
  await running.api.deleteMedia(first);
  await running.api.purgeMedia(first);
  expect(await exists(path.join(disk.folder, 'media', first))).toBe(false);

  await running.kill('SIGTERM');
  await disk.takeInodes();
  await running.start();
  expect((await running.api.listMedia()).media.map(({ id }) => id)).toEqual([second]);
  await running.api.deleteMedia(second);
  await running.api.emptyTrash();
  expect(await exists(path.join(disk.folder, 'media', second))).toBe(false);

  await disk.empty();
  await until(async () => (await databaseCheck(running))?.ok, 30);
  await until(async () => (await submit(running)) === 'no problem', 30);
}, 120_000);
