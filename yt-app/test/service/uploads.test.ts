import { createReadStream } from 'node:fs';
import { readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { isEnded, type Job } from '@linkcast/contracts';
import { fixturePaths, makeFixtures, startYtApp, until, type YtAppProcess } from '@linkcast/testing';
import { Upload } from 'tus-js-client';
import { afterAll, beforeAll, expect, test } from 'vitest';

let fixtures: string;
let service: YtAppProcess;

beforeAll(async () => {
  fixtures = await makeFixtures();
  service = await startYtApp({});
});
afterAll(() => service.close());

/** Uploads a file; the connection is lost with each restart of the API. */
async function upload(file: string, { onProgress }: { onProgress?: () => void } = {}): Promise<Job> {
  const { size } = await stat(file);
  const jobId = await new Promise<string>((resolve, reject) => {
    new Upload(createReadStream(file), {
      endpoint: `${service.url}/api/uploads`,
      headers: { authorization: `Bearer ${service.token}` },
      metadata: { filename: path.basename(file) },
      uploadSize: size,
      chunkSize: 200_000,
      retryDelays: Array<number>(100).fill(200),
      onChunkComplete: () => onProgress?.(),
      onSuccess: ({ lastResponse }) => resolve(lastResponse.getHeader('upload-job') ?? ''),
      onError: reject,
    }).start();
  });
  return until(async () => {
    const job = await service.api.getJob(jobId);
    return isEnded(job.state) && job;
  }, 60);
}

test('a video, with a restart of the API on the way: becomes an item by copying', async () => {
  let restart: Promise<unknown> | undefined;
  const onProgress = (): void => void (restart ??= service.main.kill('SIGKILL').then(() => service.start()));
  const job = await upload(path.join(fixtures, fixturePaths.mp4IndexAtEnd), { onProgress });
  await restart;
  expect(job).toMatchObject({ state: 'ready', title: 'index-at-end', handling: 'copied', type: 'video' });
  const item = await service.api.getMedia(job.mediaId ?? '');
  expect(item).toMatchObject({ title: 'index-at-end', sourceUrl: null, uploader: null, handling: 'copied' });
  const playlist = await readFile(path.join(service.mediaDir, item.id, 'index.m3u8'), 'utf8');
  expect(playlist).toContain('#EXT-X-STREAM-INF');
});

test('a text that is named like a video: makes a job that fails', async () => {
  const file = path.join(service.dataDir, 'film.mp4');
  await writeFile(file, 'This is no film. '.repeat(1000));
  expect(await upload(file)).toMatchObject({ state: 'failed', problem: { code: 'source-not-media' } });
});

test('the source of an own file: can be named by nobody', async () => {
  const { jobs } = await service.api.listJobs();
  for (const { url } of jobs)
    await expect(service.api.createJob({ url, type: 'audio' })).rejects.toMatchObject({ code: 'invalid-url' });
});
