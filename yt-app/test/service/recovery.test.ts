import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { isEnded, type Job, type JobState } from '@linkcast/contracts';
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

let origin: OriginServer;
let service: YtAppProcess;

beforeAll(async () => {
  origin = await createOriginServer({ root: await makeFixtures() });
  service = await startYtApp({
    ALLOW_PRIVATE_SOURCES: origin.hostPort,
    DOWNLOAD_CONCURRENCY: '1',
    STALL_TIMEOUT: '20s',
  });
});
afterAll(async () => {
  await service.close();
  await origin.close();
});

const submit = (query: string, type: 'video' | 'audio' = 'video') =>
  service.api.createJob({ url: `${origin.url}${fixturePaths.dash}?${query}`, type });
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

test.each(['queued', 'resolving', 'downloading', 'verifying'] as const)(
  'kill -9 while a job is %s: a start ends what was left of it, and the job ends once, with nothing half made',
  { timeout: 120_000 },
  async (state) => {
    origin.throttle(state === 'verifying' ? undefined : 400_000);
    const blocker = state === 'queued' ? await submit('blocker') : undefined;
    const job = await submit(state);
    if (state === 'verifying') await inState(job.id, ['converting', 'verifying', 'ready']);
    else await inState(job.id, [state]);
    await service.kill('SIGKILL');
    // A program may live on until the next start, which ends it; throttled, it would still be there if it did not.
    await service.start();
    expect((await service.programs()).filter((line) => line.includes(`.work/${job.id}.1/`))).toEqual([]);
    origin.throttle(undefined);

    const done = await ended(job.id);
    expect(done).toMatchObject({ state: 'ready', playable: true, problem: null });
    if (blocker) await ended(blocker.id);
    await expectNothingHalfMade();
    expect(await service.programs()).toEqual([]);
  },
);

test('a job that was interrupted three times has failed, and says so', { timeout: 120_000 }, async () => {
  origin.throttle(100_000);
  const job = await submit('poison');
  for (const attempt of [1, 2, 3]) {
    await until(async () => (await service.api.getJob(job.id)).attempt === attempt, 20);
    await service.kill('SIGKILL');
    await service.start();
  }
  expect(await ended(job.id)).toMatchObject({ state: 'failed', attempt: 3, problem: { code: 'attempts-exhausted' } });
  origin.throttle(undefined);
  await expectNothingHalfMade();
});

test(
  'SIGTERM: ends within seconds, the job is queued again without counting the attempt',
  { timeout: 60_000 },
  async () => {
    origin.throttle(200_000);
    const job = await submit('graceful');
    await inState(job.id, ['downloading']);
    expect(await service.kill('SIGTERM')).toBe(0);
    expect(await service.programs()).toEqual([]);
    origin.throttle(undefined);
    await service.start();
    expect(await ended(job.id)).toMatchObject({ state: 'ready', attempt: 1 });
  },
);
