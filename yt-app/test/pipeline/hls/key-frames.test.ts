import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { createOriginServer, type OriginServer } from '@linkcast/testing';
import HLS from 'hls-parser';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPipelineRig, type PipelineRig } from '../pipeline-rig.ts';
import { createRecord } from '../record.ts';

const run = promisify(execFile);

let folder: string;
let origin: OriginServer;
let rig: PipelineRig;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'linkcast-key-frames-'));
  origin = await createOriginServer({ root: folder });
  rig = await createPipelineRig({ allow: [origin.hostPort] });
});
afterAll(async () => {
  await rig.close();
  await origin.close();
  await rm(folder, { recursive: true, force: true });
});

/** Writes 80 s of noise and a tone, with key frames at the given seconds only. */
async function makeVideo(file: string, keyFrames: readonly number[]): Promise<void> {
  const picture = ['-f', 'lavfi', '-i', 'testsrc2=size=160x90:rate=10:duration=80', '-vf', 'noise=alls=20:allf=t'];
  const sound = ['-f', 'lavfi', '-i', 'sine=sample_rate=48000:duration=80', '-c:a', 'aac'];
  const h264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-sc_threshold', '0', '-g', '9999'];
  const forced = ['-force_key_frames', keyFrames.join(',')];
  const inputs = [...picture.slice(0, 4), ...sound.slice(0, 4), ...picture.slice(4), ...sound.slice(4)];
  await run('ffmpeg', [
    '-v',
    'error',
    ...inputs,
    ...h264,
    ...forced,
    '-movflags',
    '+faststart',
    path.join(folder, file),
  ]);
}

/** Downloads the video over a slow line. Returns every version of its playlist that was on the disk, in order. */
async function watchPlaylist(file: string): Promise<string[]> {
  const seen: string[] = [];
  const readPlaylist = () =>
    readFile(path.join(rig.mediaDir, file, 'video.m3u8'), 'utf8').then(
      (text) => seen.at(-1) === text || seen.push(text),
      () => undefined, // not written yet
    );
  const watching = setInterval(() => void readPlaylist(), 50);
  origin.throttle(1_000_000);
  try {
    const job = { id: file, mediaId: file, url: `${origin.url}/${file}` };
    await rig.run({ ...job, type: 'video', quality: 'best' }, createRecord(), AbortSignal.timeout(80_000));
  } finally {
    origin.throttle(undefined);
    clearInterval(watching);
  }
  await readPlaylist();
  return seen;
}

const targetOf = (text: string) => Number(/^#EXT-X-TARGETDURATION:(\d+)$/m.exec(text)?.[1]);
const isIndependent = (text: string) => text.includes('#EXT-X-INDEPENDENT-SEGMENTS');

test.each([
  ['every second at first, then 25 s apart', 'late.mp4', [...Array(12).keys(), 37, 39, 52, 53], 11, false],
  ['40 s apart from the start', 'far.mp4', [0, 40, 42, 44], 11, false],
  ['13 s apart from the start', 'even.mp4', [0, 13, 26, 39, 52, 65, 78], 13, true],
  ['5 s apart, once 9', 'joined.mp4', [0, 5, 10, 15, 20, 25, 29, 38, 43, 48, 53, 58, 63, 68, 73], 11, true],
])(
  'a video with key frames %s: has one target duration, which no segment exceeds',
  { timeout: 100_000 },
  async (_name, file, keyFrames, target, independent) => {
    await makeVideo(file, keyFrames);
    const seen = await watchPlaylist(file);

    expect(seen.length).toBeGreaterThan(2);
    expect(new Set(seen.map(targetOf))).toEqual(new Set([target]));
    const last = seen.at(-1) ?? '';
    const playlist = HLS.parse(last) as HLS.types.MediaPlaylist; // it is no master playlist
    expect(playlist.endlist).toBe(true);
    expect(isIndependent(last)).toBe(independent);
    const seconds = playlist.segments.map((segment) => segment.duration);
    expect(Math.max(...seconds)).toBeLessThanOrEqual(target);
    expect(seconds.reduce((sum, next) => sum + next, 0)).toBeCloseTo(80, 1);
    expect(await countPictures(path.join(rig.mediaDir, file, 'video.m3u8'))).toBe(800);
  },
);

/** Counts the pictures by the map and the byte ranges of the playlist, as a player reads them. */
async function countPictures(playlist: string): Promise<number> {
  const { stdout } = await run('ffprobe', [
    ...['-v', 'error', '-count_frames', '-show_entries', 'stream=nb_read_frames', '-of', 'csv=p=0', playlist],
  ]);
  return Number.parseInt(stdout, 10);
}
