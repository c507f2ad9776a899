import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
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
  const directories = (await readdir(service.mediaDir)).filter((name) => !name.startsWith('.'));
  expect(directories.toSorted()).toEqual(media.map((item) => item.id).toSorted());
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
    expect(jobEnds.of(job.id)).toEqual(['ready']);
  },
);

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
  'an outage of the egress proxy: a job fails as unreachable, and a later retry becomes ready',
  { timeout: 60_000 },
  async () => {
    await service.egress.close();
    const job = await submit('proxy-down');
    expect(await ended(job.id)).toMatchObject({ state: 'failed', problem: { code: 'source-unreachable' } });
    await service.egress.start();
    await service.api.retryJob(job.id);
    expect(await ended(job.id)).toMatchObject({ state: 'ready' });
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

test('a job interrupted three times: fails as attempts-exhausted', { timeout: 120_000 }, async () => {
  origin.throttle(100_000);
  const job = await submit('poison');
  for (const attempt of [1, 2, 3]) {
    await until(async () => (await service.api.getJob(job.id)).attempt === attempt, 20);
    await service.worker.kill('SIGKILL');
    await service.start();
  }
  expect(await ended(job.id)).toMatchObject({ state: 'failed', attempt: 3, problem: { code: 'attempts-exhausted' } });
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
