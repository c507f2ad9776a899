import { access, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createApiClient, isEnded, isProblem, type Job } from '@linkcast/contracts';
import {
  createOriginServer,
  fixturePaths,
  makeFixtures,
  type OriginServer,
  startYtApp,
  until,
  type YtAppProcess,
  testKeys,
} from '@linkcast/testing';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';

let origin: OriginServer;
let service: YtAppProcess;

beforeAll(async () => {
  origin = await createOriginServer({ root: await makeFixtures() });
});
afterAll(() => origin.close());
beforeEach(async () => {
  service = await startYtApp({ ALLOW_PRIVATE_SOURCES: origin.hostPort });
});
afterEach(() => service.close());

const url = () => `${origin.url}${fixturePaths.dash}`;
const bringIn = async (type: 'video' | 'audio'): Promise<Job> => {
  const { id } = await service.api.createJob({ url: url(), type });
  const job = await until(async () => {
    const current = await service.api.getJob(id);
    return isEnded(current.state) && current;
  }, 60);
  expect(job.state).toBe('ready');
  return job;
};
const codeOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => 'no problem',
    (error: unknown) => (isProblem(error) ? error.code : error),
  );
const unmounted = () => path.join(path.dirname(service.mediaDir), 'unmounted');
/** The codes of the open notices. */
const noticeCodes = async () => (await service.api.health()).notices.map(({ key }) => key.split(':')[0] ?? '');
/** Resolves when the recovery has ended: the API answers before. */
const recovered = () => until(async () => (await check('library'))?.message?.code !== 'library-checking', 20);
const check = async (name: string) => (await service.api.health()).checks.find((one) => one.name === name);

test(
  'a start without the media volume: deletes nothing, accepts no job; when it is back, jobs are accepted',
  { timeout: 120_000 },
  async () => {
    const job = await bringIn('audio');
    const mediaId = job.mediaId ?? '';
    await service.api.shareMedia(mediaId);
    await service.kill('SIGTERM');
    await rename(service.mediaDir, unmounted());
    await mkdir(service.mediaDir);
    await service.start();

    expect((await service.api.listMedia()).media).toMatchObject([{ id: mediaId }]);
    expect((await service.api.listShares(mediaId)).shares).toHaveLength(1);
    expect(await codeOf(service.api.createJob({ url: `${url()}?new`, type: 'video' }))).toBe('media-missing');
    expect(await codeOf(service.api.deleteMedia(mediaId))).toBe('media-missing');
    const icecast = createApiClient({ baseUrl: service.url, token: testKeys.icecast });
    expect(await icecast.nextTrack()).toEqual({ mediaId: null, path: null });
    expect((await fetch(`${service.url}/readyz`)).status).toBe(503);
    expect(await check('media volume')).toMatchObject({ ok: false });
    await until(async () => (await noticeCodes()).includes('media-missing'), 20);

    await rm(service.mediaDir, { recursive: true });
    await rename(unmounted(), service.mediaDir);
    await until(async () => (await check('media volume'))?.ok, 20);
    await until(
      async () => (await codeOf(service.api.createJob({ url: `${url()}?new`, type: 'video' }))) === 'no problem',
      20,
    );
    await until(async () => !(await noticeCodes()).includes('media-missing'), 20);
    expect((await service.api.listShares(mediaId)).shares).toHaveLength(1);
  },
);

test('an interrupted job: waits for the media volume, and runs when it is back', { timeout: 120_000 }, async () => {
  origin.throttle(100_000);
  const { id } = await service.api.createJob({ url: url(), type: 'video' });
  await until(async () => (await service.api.getJob(id)).state === 'downloading', 30);
  await service.kill('SIGKILL');
  origin.throttle(undefined);
  await rename(service.mediaDir, unmounted());
  await service.start();
  expect(await service.api.getJob(id)).toMatchObject({ attempt: 1, problem: null });
  await expect(access(service.mediaDir)).rejects.toThrow();

  await rename(unmounted(), service.mediaDir);
  const job = await until(async () => {
    const current = await service.api.getJob(id);
    return isEnded(current.state) && current;
  }, 60);
  expect(job).toMatchObject({ state: 'ready', attempt: 2 });
});

test.each(['video', 'audio'] as const)(
  'a lost database and a damaged media.json: the %s item is rebuilt from its media, and the owner gets a notice',
  { timeout: 120_000 },
  async (type) => {
    const { mediaId } = await bringIn(type);
    const id = mediaId ?? '';
    const before = await service.api.getMedia(id);
    const master = await readFile(path.join(service.mediaDir, id, 'index.m3u8'), 'utf8');
    await service.kill('SIGTERM');
    for (const suffix of ['', '-wal', '-shm'])
      await rm(path.join(path.dirname(service.mediaDir), `yt-app.sqlite${suffix}`), { force: true });
    await writeFile(path.join(service.mediaDir, id, 'media.json'), '{"version":1,"title":"Cut sh');
    await service.start();
    await recovered();

    const after = await service.api.getMedia(id);
    expect(after).toEqual({
      ...before,
      title: expect.stringMatching(/^Recovered item \d{4}-\d\d-\d\d$/) as string,
      uploader: null,
      sourceUrl: null,
      extractor: null,
      jobId: null,
      personId: null,
      visibility: 'mine', // whether it was for everyone is lost
      handling: 'encoded',
      durationSeconds: expect.closeTo(before.durationSeconds ?? 0, 0) as number,
      bytes: expect.any(Number) as number,
      renditions: expect.arrayContaining(
        before.renditions.map((rendition) => ({ ...rendition, handling: 'encoded' })),
      ) as unknown[],
      createdAt: expect.any(String) as string,
    });
    expect(after.renditions).toHaveLength(before.renditions.length);
    const linesOf = (text: string) => text.split('\n').filter((line) => !line.startsWith('#EXT-X-STREAM-INF'));
    const rebuilt = await readFile(path.join(service.mediaDir, id, 'index.m3u8'), 'utf8');
    expect(linesOf(rebuilt).toSorted()).toEqual(linesOf(master).toSorted());
    await until(async () => (await noticeCodes()).some((code) => code.startsWith('library-rebuilt-')), 20);
    expect(await readFile(path.join(service.mediaDir, id, 'media.json.damaged'), 'utf8')).toContain('Cut sh');

    await service.kill('SIGTERM');
    await service.start();
    expect(await service.api.getMedia(id)).toEqual(after);
  },
);

test('a directory that cannot be identified: stays, and the owner gets a notice', { timeout: 60_000 }, async () => {
  const id = 'a'.repeat(20);
  const directory = path.join(service.mediaDir, id);
  await service.kill('SIGTERM');
  await mkdir(directory);
  await writeFile(path.join(directory, 'audio.mp3'), 'sound');
  await service.start();
  await recovered();
  expect(await readFile(path.join(directory, 'audio.mp3'), 'utf8')).toBe('sound');
  expect(await check('library')).toMatchObject({ ok: false, detail: expect.stringContaining(id) as string });
  await until(async () => (await noticeCodes()).some((code) => code.startsWith('library-kept-')), 20);
  await until(async () => (await fetch(`${service.url}/readyz`)).ok, 20); // the worker has come
});
