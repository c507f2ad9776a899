import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { isEnded, type Job } from '@linkcast/contracts';
import { digestFile, minimalEnvironment, runProgram } from '@linkcast/kit';
import {
  createOriginServer,
  longFilePaths,
  makeLongFiles,
  SONG_ROUNDS,
  startYtApp,
  until,
  type OriginServer,
  type YtAppProcess,
} from '@linkcast/testing';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { readMediaJson } from '../../src/library/files/media-json.ts';
import { watchItem } from '../fixtures/item-viewer.ts';

const SECONDS = 40;
const LINE = 250_000;
const MEDIA_FILE = /\.(?:mp4|m4a|m4s|ts)$/;

let root: string;
let origin: OriginServer;
let service: YtAppProcess;

beforeAll(async () => {
  root = await makeLongFiles({ seconds: SECONDS });
  origin = await createOriginServer({ root });
  service = await startYtApp({ ALLOW_PRIVATE_SOURCES: origin.hostPort });
}, 120_000);
afterEach(() => {
  origin.throttle(undefined);
  origin.behaveWell();
});
afterAll(async () => {
  await service.close();
  await origin.close();
});

const ended = (id: string): Promise<Job> =>
  until(async () => {
    const job = await service.api.getJob(id);
    return isEnded(job.state) && job;
  }, 120); // the MP3 is encoded anew
/** Waits until a part of the source has come. */
const downloaded = (id: string, ratio: number): Promise<boolean> =>
  until(async () => ((await service.api.getJob(id)).progress.ratio ?? 0) > ratio, 60);
/** Bytes that the origin has sent of media, from a request on. */
const mediaBytes = (from: number): number =>
  origin.requests
    .slice(from)
    .filter((request) => MEDIA_FILE.test(request.path))
    .reduce((sum, { sentBytes }) => sum + sentBytes, 0);

/** @returns the number of requests before the restart. The line stays slow until the source is resolved, which reads the first bytes of a file. */
async function restart(signal: NodeJS.Signals, id: string): Promise<number> {
  await service.worker.kill(signal);
  const requests = origin.requests.length;
  await service.start();
  await until(
    async () => (await service.api.getJob(id)).state === 'downloading' && origin.requests.length > requests,
    60,
  );
  origin.throttle(undefined);
  return requests;
}

/** Everything decodes, has its length, and the checksums of media.json. */
async function expectWhole(mediaId: string, files: readonly string[], seconds = SECONDS): Promise<void> {
  const directory = path.join(service.mediaDir, mediaId);
  for (const file of files) {
    const inputs = ['-v', 'error', '-xerror', '-i', path.join(directory, file)];
    const env = minimalEnvironment('/tmp');
    const decoding = await runProgram({ file: 'ffmpeg', args: [...inputs, '-f', 'null', '-'], env, wallSeconds: 60 });
    expect(decoding.outcome).toMatchObject({ kind: 'finished' });
    const shown = ['-v', 'error', '-show_entries', 'format=duration', '-of', 'csv=p=0', path.join(directory, file)];
    const { stdout } = await runProgram({ file: 'ffprobe', args: shown, env, wallSeconds: 30 });
    expect(Math.abs(Number(stdout) - seconds)).toBeLessThan(1);
  }
  const reading = await readMediaJson(directory);
  if (reading.kind !== 'facts') throw new Error('media.json is not readable');
  const { files: checksums } = JSON.parse(await readFile(path.join(directory, 'media.json'), 'utf8')) as {
    files: { name: string; bytes: number; sha256: string }[];
  };
  expect(checksums.map(({ name }) => name)).toEqual(expect.arrayContaining([...files]));
  for (const { name, bytes, sha256 } of checksums)
    expect(await digestFile(path.join(directory, name), new AbortController().signal)).toEqual({ bytes, sha256 });
}

test.each([
  ['picture and sound apart', 'SIGKILL', longFilePaths.apart, 'v360'],
  ['picture and sound apart', 'SIGTERM', longFilePaths.apart, 'v360'],
  ['one MP4', 'SIGKILL', longFilePaths.mp4, 'video'],
  ['a list of HLS', 'SIGKILL', longFilePaths.hls, 'video'],
  ['lists of DASH', 'SIGTERM', longFilePaths.dash, 'v360'],
] as const)(
  'video of %s, %s of the worker: continues where it stopped, and a viewer notices nothing',
  { timeout: 240_000 },
  async (_name, signal, file, rendition) => {
    origin.throttle(LINE);
    const { id } = await service.api.createJob({ url: `${origin.url}${file}?${signal}`, type: 'video' });
    const mediaId = await until(async () => (await service.api.getJob(id)).mediaId, 60);
    const viewer = watchItem(path.join(service.mediaDir, mediaId), rendition);
    await downloaded(id, 0.6);
    await until(() => viewer.seconds() > SECONDS * 0.3, 30);
    const whole = mediaBytesOf(file === longFilePaths.apart ? ['picture.mp4', 'sound.mp4'] : ['video.mp4']);
    const from = await restart(signal, id);
    expect(await ended(id)).toMatchObject({ state: 'ready', mediaId, handling: 'copied' });
    expect(await viewer.stop()).toEqual([]);
    expect(mediaBytes(from)).toBeLessThan((await whole) * 0.7);
    await expectWhole(mediaId, ['index.m3u8']);
  },
);

test.each(['SIGKILL', 'SIGTERM'] as const)(
  'audio, %s of the worker: continues where it stopped; rendition and MP3 are whole, and neither shrinks',
  { timeout: 240_000 },
  async (signal) => {
    origin.throttle(LINE);
    const { id } = await service.api.createJob({ url: `${origin.url}${longFilePaths.m4a}?${signal}`, type: 'audio' });
    const mediaId = await until(async () => (await service.api.getJob(id)).mediaId, 60);
    const viewer = watchItem(path.join(service.mediaDir, mediaId), 'audio');
    await downloaded(id, 0.6);
    const from = await restart(signal, id);
    expect(await ended(id)).toMatchObject({ state: 'ready', mediaId });
    expect(await viewer.stop()).toEqual([]);
    expect(mediaBytes(from)).toBeLessThan((await mediaBytesOf(['song.m4a'])) * 0.7);
    await expectWhole(mediaId, ['audio.m3u8', 'audio.mp3'], SECONDS * SONG_ROUNDS);
  },
);

test(
  'an MP4 with its index at the end: continues, though nothing of it could be played',
  { timeout: 240_000 },
  async () => {
    origin.throttle(LINE);
    const { id } = await service.api.createJob({ url: `${origin.url}${longFilePaths.mp4IndexAtEnd}`, type: 'video' });
    await downloaded(id, 0.6);
    const from = await restart('SIGKILL', id);
    const { mediaId } = await ended(id);
    expect(mediaBytes(from)).toBeLessThan((await mediaBytesOf(['index-at-end.mp4'])) * 0.7);
    await expectWhole(mediaId ?? '', ['index.m3u8']);
  },
);

test.each([
  ['that does not send ranges', { kind: 'ignore-range' } as const],
  ['that sends another file now', { kind: 'redirect', to: longFilePaths.otherMp4 } as const],
])(
  'a source %s: begins anew, and the item stays until the new one lists as much',
  { timeout: 240_000 },
  async (name, change) => {
    const { mp4 } = longFilePaths;
    origin.throttle(LINE);
    const { id } = await service.api.createJob({
      url: `${origin.url}${mp4}?${encodeURIComponent(name)}`,
      type: 'video',
    });
    const mediaId = await until(async () => (await service.api.getJob(id)).mediaId, 60);
    const viewer = watchItem(path.join(service.mediaDir, mediaId), 'video');
    await downloaded(id, 0.5);
    const listed = viewer.listed();
    await service.worker.kill('SIGKILL');
    origin.behave(mp4, change);
    origin.throttle(undefined);
    await service.start();
    expect(await ended(id)).toMatchObject({ state: 'ready', mediaId });
    expect(viewer.listed()).toBeGreaterThanOrEqual(listed);
    const faults = await viewer.stop();
    expect(faults.filter((fault) => /were listed|not there/.test(fault))).toEqual([]);
    if (change.kind === 'ignore-range') expect(faults).toEqual([]);
  },
);

async function mediaBytesOf(files: readonly string[]): Promise<number> {
  const sizes = await Promise.all(files.map(async (file) => (await stat(path.join(root, file))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}
