import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isEnded, isProblem } from '@linkcast/contracts';
import {
  createOriginServer,
  fixturePaths,
  makeFixtures,
  startYtApp,
  until,
  type OriginServer,
  type YtAppProcess,
} from '@linkcast/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';

/** Size of a file with one hole: two terabytes. */
const MORE_THAN_THERE_IS = 2 ** 41;

let origin: OriginServer;
let folder: string;
let service: YtAppProcess | undefined;
let isMounted = false;

beforeEach(async () => {
  origin = await createOriginServer({ root: await makeFixtures() });
  folder = await mkdtemp(path.join(tmpdir(), 'linkcast-failing-'));
  await mkdir(path.join(folder, 'disk'));
});
afterEach(async () => {
  await service?.close();
  await origin.close();
  if (isMounted) execFileSync('umount', ['--lazy', path.join(folder, 'disk')]);
  await rm(folder, { recursive: true, force: true });
});

/** Mounts an ext4 image that becomes read-only at an error. @returns the file that reports one; undefined where it cannot be mounted. */
function mountImage(): string | undefined {
  const [image, disk] = [path.join(folder, 'image'), path.join(folder, 'disk')];
  try {
    execFileSync('fallocate', ['-l', '64M', image]);
    execFileSync('mkfs.ext4', ['-q', image], { stdio: 'ignore' });
    execFileSync('mount', ['-o', 'loop,errors=remount-ro', image, disk], { stdio: 'ignore' });
    isMounted = true;
    const device = execFileSync('findmnt', ['-no', 'SOURCE', disk], { encoding: 'utf8' }).trim();
    return `/sys/fs/ext4/${path.basename(device)}/trigger_fs_error`;
  } catch {
    return undefined; // only root may, and only where there are loop devices
  }
}
/** Data and media are on the disk. */
function settings() {
  const [data, media] = [path.join(folder, 'disk/data'), path.join(folder, 'disk/media')];
  return { ALLOW_PRIVATE_SOURCES: origin.hostPort, STORAGE_LIMIT: '100%', DATA_DIR: data, MEDIA_DIR: media };
}
const codeOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => 'no problem',
    (error: unknown) => (isProblem(error) ? error.code : error),
  );

test('a disk that becomes read-only, and no room for a copy of the database: what is open stays in use', async ({
  skip,
}) => {
  const trigger = mountImage();
  if (trigger === undefined) return skip('an image can be mounted by root only');
  service = await startYtApp(settings(), { hasWorker: false });
  const { api, main } = service;
  const data = settings().DATA_DIR;
  await until(() => existsSync(path.join(data, 'yt-app.reserve')), 20); // without it, the disk counts as full
  await truncate(path.join(data, 'yt-app.sqlite-wal'), MORE_THAN_THERE_IS);
  await writeFile(trigger, 'a test');

  const submit = () => codeOf(api.createJob({ url: `${origin.url}${fixturePaths.m4a}`, type: 'audio' }));
  expect(await submit()).toBe('storage-read-only');
  await until(() => main.log().includes('no room for a readable copy'), 20);
  expect(await api.listMedia()).toMatchObject({ media: [] });
  expect(await submit()).toBe('storage-read-only');
}, 60_000);

test('a disk that becomes read-only while yt-app runs: serves, and refuses changes with a reason', async ({ skip }) => {
  const trigger = mountImage();
  if (trigger === undefined) return skip('an image can be mounted by root only');
  service = await startYtApp(settings());
  const { api } = service;
  const submit = (query: string) => api.createJob({ url: `${origin.url}${fixturePaths.m4a}?${query}`, type: 'audio' });
  const { id } = await submit('kept');
  const { mediaId } = await until(async () => {
    const job = await api.getJob(id);
    return isEnded(job.state) && job;
  }, 60);
  await writeFile(trigger, 'a test');

  const isLimited = async () => (await api.health()).notices.some(({ key }) => key.startsWith('database'));
  expect(await codeOf(submit('new'))).toBe('storage-read-only');
  await until(isLimited, 30);
  expect((await api.listMedia()).media.map((item) => item.id)).toEqual([mediaId]);
  expect(await codeOf(api.deleteMedia(mediaId ?? ''))).toBe('storage-read-only');

  await service.kill('SIGKILL');
  await service.start();
  expect((await api.listMedia()).media.map((item) => item.id)).toEqual([mediaId]);
  expect(await codeOf(submit('new'))).toBe('storage-read-only');
}, 180_000);
