import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { isEnded, type Job } from '@linkcast/contracts';
import {
  createOriginServer,
  fixturePaths,
  makeFixtures,
  startYtApp,
  until,
  type OriginServer,
  type YtAppProcess,
} from '@linkcast/testing';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';

let origin: OriginServer;
let service: YtAppProcess;

beforeAll(async () => {
  origin = await createOriginServer({ root: await makeFixtures() });
  service = await startYtApp({ ALLOW_PRIVATE_SOURCES: origin.hostPort });
}, 120_000);
afterEach(() => origin.behaveWell());
afterAll(async () => {
  await service.close();
  await origin.close();
});

const ended = (id: string): Promise<Job> =>
  until(async () => {
    const job = await service.api.getJob(id);
    return isEnded(job.state) && job;
  }, 60);
const add = async (quality: '360p' | 'best') => {
  const url = `${origin.url}${fixturePaths.dash}?${quality}`;
  const { mediaId } = await ended((await service.api.createJob({ url, type: 'video', quality })).id);
  return service.api.getMedia(mediaId ?? '');
};
const mediaJsonOf = (id: string) => readFile(path.join(service.mediaDir, id, 'media.json'), 'utf8');

test('a worker that is killed while it adds a picture: the item stays as it is, and gets the picture from the next one', async () => {
  const added = await add('360p');
  const before = await mediaJsonOf(added.id);
  const start = origin.requests.length;
  origin.behave('/dash/chunk-0-00003.m4s', { kind: 'stall', afterBytes: 1000 });
  const { id } = await service.api.fetchMedia(added.id, { quality: '720p' });
  const segment = (): boolean => origin.requests.slice(start).some((request) => request.path.includes('chunk-0-00003'));
  await until(segment, 60);
  await service.worker.kill('SIGKILL');
  expect(await service.api.getMedia(added.id)).toEqual(added);
  expect(await mediaJsonOf(added.id)).toBe(before);
  origin.behaveWell();
  await service.start();
  expect(await ended(id)).toMatchObject({ state: 'ready', mediaId: added.id, fromItem: added.id });
  const { renditions } = await service.api.getMedia(added.id);
  expect(renditions.flatMap(({ height }) => height ?? []).toSorted()).toEqual([360, 720]);
}, 120_000);

test('audio of a video, by the API: the source is not asked', async () => {
  const added = await add('best');
  const start = origin.requests.length;
  const job = await service.api.makeAudio(added.id);
  const { state, mediaId, links } = await ended(job.id);
  expect({ state, type: job.type, file: links.file }).toEqual({
    ...{ state: 'ready', type: 'audio', file: `/media/${mediaId}/audio.mp3` },
  });
  expect(origin.requests.length).toBe(start);
}, 60_000);
