import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { isEnded, LEASE_SECONDS, type Job, type JobState } from '@linkcast/contracts';
import {
  createOriginServer,
  fixturePaths,
  makeFixtures,
  type OriginServer,
  startYtApp,
  until,
  type YtAppProcess,
} from '@linkcast/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { watchItem } from '../fixtures/item-viewer.ts';
import { followJobEnds, type JobEnds } from './job-ends.ts';

let origin: OriginServer;
let service: YtAppProcess;
let jobEnds: JobEnds;

beforeAll(async () => {
  origin = await createOriginServer({ root: await makeFixtures() });
  service = await startYtApp({
    ALLOW_PRIVATE_SOURCES: origin.hostPort,
    DOWNLOAD_CONCURRENCY: '1',
    STALL_TIMEOUT: '20s',
  });
  jobEnds = followJobEnds(service);
});
afterAll(async () => {
  await jobEnds.close();
  await service.close();
  await origin.close();
});

const submit = (query: string, type: 'video' | 'audio' = 'video') =>
  service.api.createJob({ url: `${origin.url}${fixturePaths.dash}?${encodeURIComponent(query)}`, type });
const ended = (id: string): Promise<Job> =>
  until(async () => {
    const job = await service.api.getJob(id);
    return isEnded(job.state) && job;
  }, 60);
/** Waits until a job has failed and waits for its next try. */
const waiting = (id: string): Promise<Job> =>
  until(async () => {
    const job = await service.api.getJob(id);
    return job.retry !== null && job;
  }, 60);
const inState = (id: string, states: readonly JobState[]): Promise<boolean> =>
  until(async () => states.includes((await service.api.getJob(id)).state), 30);

/** The library shows ready items only, each with a playlist that has an end. */
async function expectNothingHalfMade(): Promise<void> {
  const { media } = await service.api.listMedia();
  for (const item of media) {
    expect(item.state).toBe('ready');
    expect(
      await readFile(path.join(service.mediaDir, item.id, `${item.renditions[0]?.name ?? ''}.m3u8`), 'utf8'),
    ).toContain('#EXT-X-ENDLIST');
  }
  const ids = media.map((item) => item.id).toSorted();
  await until(async () => {
    const directories = (await readdir(service.mediaDir)).filter((name) => !name.startsWith('.'));
    return isDeepStrictEqual(directories.toSorted(), ids);
  }, 10);
  await until(async () => (await readdir(path.join(service.mediaDir, '.work')).catch(() => [])).length === 0, 10);
}

const STATES = ['queued', 'resolving', 'downloading', 'verifying'] as const;
/** Everything at once is a power cut. */
const VICTIMS = ['the worker', 'everything'] as const;
const deaths = STATES.flatMap((state) => VICTIMS.map((victim) => [victim, state] as const));

test.each(deaths)(
  'kill -9 of %s while a job is %s: the next start ends leftover programs, and the job ends once, as ready and whole',
  { timeout: 120_000 },
  async (victim, state) => {
    origin.throttle(state === 'verifying' ? undefined : 400_000);
    const blocker = state === 'queued' ? await submit(`blocker-${victim}`) : undefined;
    const job = await submit(`${state}-${victim}`);
    if (state === 'verifying') await inState(job.id, ['converting', 'verifying', 'ready']);
    else await inState(job.id, [state]);
    if (victim === 'the worker') await service.worker.kill('SIGKILL');
    else await service.kill('SIGKILL');
    // A program may live on until the next start, which ends it; throttled, it would still be there if it did not.
    await service.start();
    await until(async () => !(await service.programs()).some((line) => line.includes(`.work/${job.id}.1/`)), 20);
    origin.throttle(undefined);

    const done = await ended(job.id);
    expect(done).toMatchObject({ state: 'ready', playable: true, problem: null });
    if (blocker) await ended(blocker.id);
    await until(async () => (await service.programs()).length === 0, 20);
    await expectNothingHalfMade();
    expect(await jobEnds.of(job.id)).toEqual(['ready']);
  },
);

test.each(['SIGKILL', 'SIGTERM'] as const)(
  '%s of the worker under a viewer: the item stays in the library, and no segment that was listed is missing or changes',
  { timeout: 90_000 },
  async (signal) => {
    origin.throttle(300_000);
    const { id } = await submit(`watched-${signal}`);
    const mediaId = await until(async () => (await service.api.getJob(id)).mediaId, 30);
    const viewer = watchItem(path.join(service.mediaDir, mediaId), 'v720');
    try {
      await until(() => viewer.listed() > 2, 30);
      await service.worker.kill(signal);
      if (signal === 'SIGTERM') expect(await service.api.getJob(id)).toMatchObject({ state: 'queued', playable: true });
      expect(await service.api.getMedia(mediaId)).toMatchObject({ state: 'playable' });
      await service.start();
      await inState(id, ['downloading']);
      expect(await service.api.getJob(id)).toMatchObject({ playable: true, mediaId });
      origin.throttle(undefined);
      expect(await ended(id)).toMatchObject({ state: 'ready', mediaId });
    } finally {
      origin.throttle(undefined);
    }
    expect(await viewer.stop()).toEqual([]);
    await expectNothingHalfMade();
  },
);

test('a job that was interrupted after its item could be played, and is cancelled: nothing of it stays', async () => {
  origin.throttle(300_000);
  const { id } = await submit('cancelled-while-waiting');
  await until(async () => (await service.api.getJob(id)).playable, 30);
  await service.worker.kill('SIGTERM');
  expect(await service.api.cancelJob(id)).toMatchObject({ state: 'cancelled', playable: false });
  await expectNothingHalfMade();
  origin.throttle(undefined);
  await service.start();
});

test(
  'kill -9 of the API during a download: the worker continues, and the job is ready at its first attempt',
  { timeout: 60_000 },
  async () => {
    origin.throttle(400_000);
    const job = await submit('api-killed');
    await until(async () => (await service.api.getJob(job.id)).playable, 30);
    await service.main.kill('SIGKILL');
    expect((await service.programs()).length).toBeGreaterThan(0);
    origin.throttle(undefined);
    await service.start();
    expect(await ended(job.id)).toMatchObject({ state: 'ready', attempt: 1, playable: true });
    await expectNothingHalfMade();
  },
);

test(
  'an outage of the API longer than a lease: the worker ends its programs, and the job runs again later',
  { timeout: 120_000 },
  async () => {
    origin.throttle(50_000);
    const job = await submit('api-down');
    await inState(job.id, ['downloading']);
    await service.main.kill('SIGKILL');
    await until(async () => (await service.programs()).length === 0, LEASE_SECONDS + 15);
    origin.throttle(undefined);
    await service.start();
    expect(await ended(job.id)).toMatchObject({ state: 'ready', attempt: 2 });
    await expectNothingHalfMade();
  },
);

test(
  'an outage of the egress proxy: a job waits as unreachable, and becomes ready by itself',
  { timeout: 120_000 },
  async () => {
    await service.egress.close();
    const { id } = await submit('proxy-down');
    const job = await waiting(id);
    expect(job).toMatchObject({ problem: null, retry: { problem: { code: 'source-unreachable' }, count: 1 } });
    expect(Date.parse(job.retry?.at ?? '')).toBeGreaterThan(Date.now());
    await service.egress.start();
    expect(await ended(id)).toMatchObject({ state: 'ready', retry: null });
    expect(await jobEnds.of(id)).toEqual(['ready']);
  },
);

test(
  'a source that is away for a while: a job that waits for it can be tried at once, or cancelled',
  { timeout: 60_000 },
  async () => {
    const url = origin.behave(fixturePaths.mp4, { kind: 'status', status: 503 });
    try {
      const [first, second] = await Promise.all(
        ['one', 'two'].map((name) => service.api.createJob({ url: `${url}?${name}`, type: 'video' })),
      );
      await waiting(first?.id ?? '');
      await waiting(second?.id ?? '');
      expect(await service.api.cancelJob(second?.id ?? '')).toMatchObject({ state: 'cancelled', retry: null });
      origin.behaveWell();
      expect(await service.api.retryJob(first?.id ?? '')).toMatchObject({ state: 'queued', retry: null });
      expect(await ended(first?.id ?? '')).toMatchObject({ state: 'ready', attempt: 2 });
    } finally {
      origin.behaveWell();
    }
  },
);

test(
  'kill -9 of the worker after two tries of an absent source: is not taken for the third interruption',
  { timeout: 90_000 },
  async () => {
    const url = origin.behave(fixturePaths.mp4, { kind: 'status', status: 503 });
    try {
      const { id } = await service.api.createJob({ url: `${url}?patient`, type: 'video' });
      for (const count of [1, 2]) {
        await until(async () => (await service.api.getJob(id)).retry?.count === count, 30);
        if (count === 1) await service.api.retryJob(id);
      }
      origin.behave(fixturePaths.mp4, { kind: 'slow-header', seconds: 10 });
      await service.api.retryJob(id);
      await inState(id, ['resolving']);
      await service.worker.kill('SIGKILL');
      origin.behaveWell();
      await service.start();
      expect(await ended(id)).toMatchObject({ state: 'ready', attempt: 4 });
    } finally {
      origin.behaveWell();
    }
  },
);

test('two workers, one of them killed: the other completes both jobs', { timeout: 120_000 }, async () => {
  origin.throttle(300_000);
  const other = service.addWorker('another');
  const jobs = [await submit('shared-1'), await submit('shared-2')];
  for (const { id } of jobs) await inState(id, ['downloading']); // each worker runs one at a time
  await other.kill('SIGKILL');
  origin.throttle(undefined);
  for (const { id } of jobs) expect(await ended(id)).toMatchObject({ state: 'ready' });
  await expectNothingHalfMade();
});

test('a job interrupted five times: fails as attempts-exhausted', { timeout: 120_000 }, async () => {
  origin.throttle(15_000); // what has arrived is kept, and the job must not become ready
  const job = await submit('poison');
  for (const attempt of [1, 2, 3, 4, 5]) {
    await until(async () => (await service.api.getJob(job.id)).attempt === attempt, 20);
    await service.worker.kill('SIGKILL');
    await service.start();
  }
  expect(await ended(job.id)).toMatchObject({ state: 'failed', attempt: 5, problem: { code: 'attempts-exhausted' } });
  origin.throttle(undefined);
  await expectNothingHalfMade();
});

test(
  'SIGTERM of the worker: it ends its programs, and the job is queued without counting the attempt',
  { timeout: 60_000 },
  async () => {
    origin.throttle(200_000);
    const job = await submit('graceful');
    await inState(job.id, ['downloading']);
    expect(await service.worker.kill('SIGTERM')).toBe(0);
    expect((await service.programs()).filter((line) => line.includes(job.id))).toEqual([]);
    expect(await service.api.getJob(job.id)).toMatchObject({ state: 'queued', attempt: 0 });
    origin.throttle(undefined);
    await service.start();
    expect(await ended(job.id)).toMatchObject({ state: 'ready', attempt: 1 });
  },
);
