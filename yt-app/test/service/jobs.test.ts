import { readdir } from 'node:fs/promises';
import { isEnded, isProblem, type Job } from '@linkcast/contracts';
import {
  createOriginServer,
  fixturePaths,
  makeFixtures,
  type OriginServer,
  startYtApp,
  until,
  type YtAppProcess,
} from '@linkcast/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const CONCURRENCY = 4;
const LONG = { timeout: 90_000 };

let origin: OriginServer;
let service: YtAppProcess;

beforeAll(async () => {
  origin = await createOriginServer({ root: await makeFixtures() });
  service = await startYtApp({
    ALLOW_PRIVATE_SOURCES: origin.hostPort,
    DOWNLOAD_CONCURRENCY: String(CONCURRENCY),
    HOST_CONCURRENCY: '0',
  });
});
afterAll(async () => {
  await service.close();
  await origin.close();
});

const ended = (id: string): Promise<Job> =>
  until(async () => {
    const job = await service.api.getJob(id);
    return isEnded(job.state) && job;
  }, 60);
const codeOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => 'no problem',
    (error: unknown) => (isProblem(error) ? error.code : error),
  );

async function mediaFiles(): Promise<string[]> {
  const entries = await readdir(service.mediaDir, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => `${entry.parentPath}/${entry.name}`);
}

describe('the same request twice', () => {
  test('with one source and type: makes one job, and later one item', async () => {
    const url = `${origin.url}${fixturePaths.mp4}`;
    const [first, second] = await Promise.all([1, 2].map(() => service.api.createJob({ url, type: 'video' })));
    expect(second?.id).toBe(first?.id);
    const ready = await ended(first?.id ?? '');
    expect(await service.api.createJob({ url: `${url}?utm_source=chat#t=1`, type: 'video' })).toMatchObject({
      id: ready.id,
      state: 'ready',
      mediaId: ready.mediaId,
    });
  });

  test('with one Idempotency-Key: makes one job, and another request with that key is refused', async () => {
    const asAudio = (path: string) =>
      service.api.createJob({ url: `${origin.url}${path}`, type: 'audio' }, { idempotencyKey: 'tg-1-2' });
    const first = await asAudio(fixturePaths.mp3);
    expect((await asAudio(fixturePaths.mp3)).id).toBe(first.id);
    expect(await codeOf(asAudio(fixturePaths.m4a))).toBe('idempotency-conflict');
    await ended(first.id);
  });

  test('with a new key for an existing job: stores the key for that request', async () => {
    const url = `${origin.url}${fixturePaths.mp3}`;
    const first = await service.api.createJob({ url, type: 'audio' });
    const second = await service.api.createJob({ url, type: 'audio' }, { idempotencyKey: 'later' });
    expect(second.id).toBe(first.id);
    const other = service.api.createJob({ url: `${url}?other`, type: 'audio' }, { idempotencyKey: 'later' });
    expect(await codeOf(other)).toBe('idempotency-conflict');
    await ended(first.id);
  });

  test('after its item was deleted: makes a new job', async () => {
    const url = `${origin.url}${fixturePaths.m4a}?again`;
    const first = await ended((await service.api.createJob({ url, type: 'audio' })).id);
    await service.api.deleteMedia(first.mediaId ?? '');
    expect(await service.api.getJob(first.id)).toMatchObject({
      state: 'ready',
      playable: false,
      mediaId: null,
      links: { page: null, hls: null, file: null },
    });
    const second = await service.api.createJob({ url, type: 'audio' });
    expect(second.id).not.toBe(first.id);
    expect(await ended(second.id)).toMatchObject({ state: 'ready' });
  });
});

describe('refused links', () => {
  test.each([
    ['not a URL', 'hello', 'invalid-url'],
    ['another scheme', 'file:///etc/passwd', 'invalid-url'],
    ['an option', '-U', 'invalid-url'],
    ['an option that looks like a link', '--exec=http://example.com', 'invalid-url'],
    ['control characters', 'http://example.com/\u0000', 'invalid-url'],
    ['100 kB', `http://example.com/${'a'.repeat(15_000)}`, 'invalid-url'],
    ['a private address', 'http://192.168.0.1/router', 'source-forbidden'],
    ['a private address in disguise', 'http://0x7f.1:5000/', 'source-forbidden'],
  ])('%s: is answered with a problem at once, and makes no job', async (_name, url, code) => {
    const before = (await service.api.listJobs({ limit: 100 })).jobs.length;
    expect(await codeOf(service.api.createJob({ url, type: 'video' }))).toBe(code);
    expect((await service.api.listJobs({ limit: 100 })).jobs).toHaveLength(before);
  });

  test('a redirect to a private address: fails the job as forbidden, and opens no connection there', async () => {
    const canary = await createOriginServer({ root: await makeFixtures() });
    try {
      const url = origin.behave('/to-canary', { kind: 'redirect', to: `${canary.url}${fixturePaths.mp4}` });
      const job = await ended((await service.api.createJob({ url, type: 'video' })).id);
      expect(job).toMatchObject({ state: 'failed', problem: { code: 'source-forbidden' } });
      expect(canary.requests).toEqual([]);
    } finally {
      await canary.close();
    }
  });
});

describe('the egress proxy', () => {
  test('refusing only the thumbnail of a source: does not fail the job', async () => {
    const canary = await createOriginServer({ root: await makeFixtures() });
    try {
      const thumbnail = canary.url + fixturePaths.thumbnail;
      const url = origin.page('/pictured', { title: 'pictured', media: `${fixturePaths.mp4}?pictured`, thumbnail });
      const job = await ended((await service.api.createJob({ url, type: 'video' })).id);
      expect(job).toMatchObject({ state: 'ready', title: 'pictured' });
      expect(canary.requests).toEqual([]);
    } finally {
      await canary.close();
    }
  });

  test('down when a job starts: delays the job until the proxy is back', async () => {
    await service.egress.close();
    const { id } = await service.api.createJob({ url: `${origin.url}${fixturePaths.mp4}?early`, type: 'video' });
    await until(async () => (await service.api.getJob(id)).state === 'resolving');
    await service.egress.start();
    expect(await ended(id)).toMatchObject({ state: 'ready' });
  });

  test('ending while a job runs: the job waits for its next try, and is ready after it', async () => {
    origin.throttle(200_000);
    const { id } = await service.api.createJob({ url: `${origin.url}${fixturePaths.mp4}?late`, type: 'video' });
    await until(async () => (await service.api.getJob(id)).state === 'downloading', 60);
    await service.egress.close();
    const waits = async (): Promise<boolean> => (await service.api.getJob(id)).retry !== null;
    await until(waits, 60);
    origin.throttle(undefined);
    await service.egress.start();
    await service.api.retryJob(id);
    expect(await ended(id)).toMatchObject({ state: 'ready' });
  });
});

describe('a job', () => {
  test('cancelled: has no program left when the call returns, and can be retried', async () => {
    origin.throttle(200_000);
    const { id } = await service.api.createJob({ url: `${origin.url}${fixturePaths.dash}?cancel`, type: 'video' });
    const commands = await until(async () => {
      const found = await service.programs();
      return found.some((command) => command.includes('yt_dlp')) ? found : undefined;
    }, 20);
    expect(commands.join(' ')).not.toMatch(/:[\w-]{43}@|EGRESS_KEY/); // the password of a ticket, and what signs them
    expect(await service.api.cancelJob(id)).toMatchObject({ state: 'cancelled', playable: false, mediaId: null });
    expect(await service.programs()).toEqual([]);
    expect(await codeOf(service.api.cancelJob(id))).toBe('conflict');
    origin.throttle(undefined);
    await service.api.retryJob(id);
    expect(await ended(id)).toMatchObject({ state: 'ready' });
  });

  test('failed with a 404 of the source: has the reason as a sentence, and the next one runs', LONG, async () => {
    const url = origin.behave('/gone.mp4', { kind: 'status', status: 404 });
    const asVideo = (source: string) => service.api.createJob({ url: source, type: 'video' });
    // As many as run at once: one that did not free its slot would leave none for the next.
    const failing = await Promise.all(Array.from({ length: CONCURRENCY }, (_, index) => asVideo(`${url}?${index}`)));
    for (const { id } of failing) {
      const failed = await ended(id);
      expect(failed).toMatchObject({ state: 'failed', problem: { code: 'source-not-found', retryable: false } });
      expect(failed.problem?.error).toMatch(/^Nothing was found at this link/);
      expect(JSON.stringify(failed.problem)).not.toMatch(/tmp|yt-dlp|ERROR/);
    }
    const next = await asVideo(`${origin.url}${fixturePaths.mp4}?next`);
    expect(await ended(next.id)).toMatchObject({ state: 'ready' });
  });

  test('running beside three others: becomes ready, as do the others', LONG, async () => {
    origin.throttle(1_000_000);
    const jobs = await Promise.all(
      [1, 2, 3, 4].map((n) =>
        service.api.createJob({ url: `${origin.url}${fixturePaths.dash}?four=${n}`, type: 'video' }),
      ),
    );
    await until(async () => (await service.api.listJobs({ state: 'downloading' })).jobs.length === 4, 30);
    origin.throttle(undefined);
    for (const job of jobs) expect(await ended(job.id)).toMatchObject({ state: 'ready' });
  });
});

test('the ancestor’s call: waits, then answers with the file name, the title and the type', async () => {
  const call = (body: unknown) =>
    fetch(`${service.url}/api/download`, {
      method: 'POST',
      headers: { authorization: `Bearer ${service.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const good = await call({ url: `${origin.url}${fixturePaths.m4a}?ancestor`, type: 'audio' });
  expect(good.status).toBe(200);
  expect(await good.json()).toMatchObject({
    filename: expect.stringMatching(/^song-\d{4}-\d{2}-\d{2}_\d{2}-\d{2}-\d{2}\.mp3$/) as string,
    title: 'song',
    type: 'audio',
  });
  const bad = await call({ url: 'nonsense', type: 'video' });
  expect(bad.status).toBe(500);
  expect(await bad.json()).toMatchObject({ error: expect.stringMatching(/^Error extracting info: /) as string });
});

test('a probe: describes the title, duration and heights of a link, and downloads nothing', async () => {
  const filesBefore = await mediaFiles();
  const requestsBefore = origin.requests.length;
  const url = encodeURIComponent(`${origin.url}${fixturePaths.dash}`);
  const answer = await fetch(`${service.url}/api/probe?url=${url}`, {
    headers: { authorization: `Bearer ${service.token}` },
  });
  expect(await answer.json()).toMatchObject({
    title: 'manifest',
    durationSeconds: 10,
    heights: [{ height: 720 }, { height: 360 }],
  });
  const paths = origin.requests.slice(requestsBefore).map(({ path }) => path);
  expect(new Set(paths)).toEqual(new Set([fixturePaths.dash])); // the manifest, and none of its segments
  expect(filesBefore).toEqual(expect.arrayContaining(await mediaFiles()));
});
