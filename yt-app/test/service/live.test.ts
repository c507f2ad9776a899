import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isEnded, type Job, type Media } from '@linkcast/contracts';
import {
  createBroadcast,
  createOriginServer,
  fixturePaths,
  makeFixtures,
  startYtApp,
  until,
  type Broadcast,
  type OriginServer,
  type YtAppProcess,
} from '@linkcast/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { watchItem } from '../fixtures/item-viewer.ts';

let root: string;
let origin: OriginServer;
let fixtures: OriginServer;
let service: YtAppProcess;
let count = 0;

beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'linkcast-live-'));
  origin = await createOriginServer({ root });
  fixtures = await createOriginServer({ root: await makeFixtures() });
  service = await startYtApp({
    ALLOW_PRIVATE_SOURCES: [origin.hostPort, fixtures.hostPort].join(','),
    ...{ DOWNLOAD_CONCURRENCY: '1', HOST_CONCURRENCY: '1', STALL_TIMEOUT: '4s' },
  });
});
afterAll(async () => {
  await service.close();
  await Promise.all([origin.close(), fixtures.close()]);
  await rm(root, { recursive: true, force: true });
});

interface Recorded {
  readonly live: Broadcast;
  readonly id: string;
  readonly mediaId: string;
}

/** Sends the link of a live source, and waits until its recording can be played. */
async function record(segments: number): Promise<Recorded> {
  count += 1;
  const live = await createBroadcast(root, `live${count}`);
  await live.publish(segments);
  const { id } = await service.api.createJob({ url: origin.url + live.path, type: 'video' });
  const { mediaId } = await until(async () => {
    const job = await service.api.getJob(id);
    return job.playable && job;
  }, 60);
  return { live, id, mediaId: mediaId ?? '' };
}

const ended = (id: string): Promise<Job> =>
  until(async () => {
    const job = await service.api.getJob(id);
    return isEnded(job.state) && job;
  }, 60);
const item = (mediaId: string): Promise<Media> => service.api.getMedia(mediaId);

test('a recording: leaves room for other jobs, and a stop keeps what was recorded', { timeout: 120_000 }, async () => {
  const { id, mediaId } = await record(4);
  expect(await service.api.getJob(id)).toMatchObject({ live: { isStopping: false } });
  expect(await item(mediaId)).toMatchObject({ state: 'playable', recording: 'live' });
  const other = await service.api.createJob({ url: fixtures.url + fixturePaths.mp4, type: 'video' });
  expect(await ended(other.id)).toMatchObject({ state: 'ready' });
  expect((await service.api.getJob(id)).state).toBe('downloading');

  await service.api.stopJob(id);
  expect(await ended(id)).toMatchObject({ state: 'ready', live: null, mediaId });
  expect(await item(mediaId)).toMatchObject({ state: 'ready', recording: 'stopped', damage: null });
  expect((await item(mediaId)).durationSeconds).toBeCloseTo(8, 0);
  await until(async () => (await service.programs()).length === 0, 20);
});

test.each(['the worker', 'everything'] as const)(
  'kill -9 of %s under a viewer: the recording goes on in the same item, and no listed segment changes',
  { timeout: 150_000 },
  async (victim) => {
    const { live, id, mediaId } = await record(4);
    const viewer = watchItem(path.join(service.mediaDir, mediaId), 'video');
    await until(() => viewer.seconds() >= 5.9, 30);
    if (victim === 'the worker') await service.worker.kill('SIGKILL');
    else await service.kill('SIGKILL');
    await live.publish(1);
    await service.start();
    await live.publish(1);
    await until(() => viewer.seconds() >= 9.9, 60);
    await live.end();
    expect(await ended(id)).toMatchObject({ state: 'ready', mediaId });
    expect(await viewer.stop()).toEqual([]);
    expect(await item(mediaId)).toMatchObject({ state: 'ready', recording: 'ended', damage: null });
    expect((await item(mediaId)).durationSeconds).toBeCloseTo(12, 0);
  },
);
