import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { MediaType } from '@linkcast/contracts';
import { createOriginServer, type OriginServer } from '@linkcast/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPipelineRig, type PipelineRig } from './pipeline-rig.ts';
import { createRecord } from './record.ts';

const run = promisify(execFile);

let folder: string;
let origin: OriginServer;
let rig: PipelineRig;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'linkcast-odd-'));
  origin = await createOriginServer({ root: folder });
  rig = await createPipelineRig({ allow: [origin.hostPort] });
});
afterAll(async () => {
  await rig.close();
  await origin.close();
  await rm(folder, { recursive: true, force: true });
});

/** Writes a test picture and a tone of the given seconds to a file of the origin. */
async function makeMedia(file: string, seconds: { picture: number; sound: number }, options: string[]): Promise<void> {
  const picture = ['-f', 'lavfi', '-i', `testsrc2=size=320x180:rate=25:duration=${seconds.picture}`];
  const sound = ['-f', 'lavfi', '-i', `sine=sample_rate=48000:duration=${seconds.sound}`];
  await run('ffmpeg', ['-v', 'error', ...picture, ...sound, '-c:a', 'aac', ...options, path.join(folder, file)]);
}

async function edit(file: string, change: (text: string) => string): Promise<void> {
  await writeFile(path.join(folder, file), change(await readFile(path.join(folder, file), 'utf8')));
}

async function bringIn(file: string, type: MediaType = 'video') {
  const id = `${type}-${path.basename(file)}`;
  const job = { id, mediaId: id, url: `${origin.url}/${file}` };
  return rig.run({ ...job, type, quality: 'best' }, createRecord(), AbortSignal.timeout(60_000));
}

async function firstTimestamp(file: string, rendition: string): Promise<number> {
  const playlist = path.join(rig.mediaDir, `video-${file}`, `${rendition}.m3u8`);
  const { stdout } = await run('ffprobe', [
    ...['-v', 'error', '-show_entries', 'packet=pts_time', '-read_intervals', '%+#1', '-of', 'csv=p=0', playlist],
  ]);
  return Number.parseFloat(stdout);
}

const H264 = ['-c:v', 'libx264', '-pix_fmt', 'yuv420p'];
const AT_START = ['-movflags', '+faststart'];

test.each([
  ['copied', [...H264, '-bf', '3', ...AT_START]],
  ['encoded', ['-c:v', 'libx264', '-pix_fmt', 'yuv444p', '-preset', 'ultrafast', ...AT_START]],
])('a picture that is %s and decoded out of order: begins together with its sound', async (handling, options) => {
  const file = `order-${handling}.mp4`;
  await makeMedia(file, { picture: 3, sound: 3 }, options);
  expect(await bringIn(file)).toMatchObject({ renditions: [{ name: 'video', handling }, { name: 'audio' }] });
  const [picture, sound] = await Promise.all([firstTimestamp(file, 'video'), firstTimestamp(file, 'audio')]);
  expect(Math.abs(picture - sound)).toBeLessThan(0.03); // an AAC encoder begins with 21 ms of silence
});

test('a file little longer than its inspected head: arrives complete', async () => {
  await makeMedia('small.mp4', { picture: 3.2, sound: 3.2 }, [...H264, '-preset', 'ultrafast', ...AT_START]);
  const { size } = await stat(path.join(folder, 'small.mp4'));
  expect(size).toBeGreaterThan(256 * 1024);
  expect(size).toBeLessThan(320 * 1024);
  expect(await bringIn('small.mp4')).toMatchObject({ durationSeconds: 3.2 });
});

test.each([
  ['an MP4', 'short-sound.mp4', AT_START],
  ['a Matroska', 'short-sound.mkv', []],
  ['an MPEG-TS, which states no duration', 'short-sound.ts', ['-f', 'mpegts']],
  [
    'DASH, with picture and sound in files of their own',
    'short-sound.mpd',
    ['-f', 'dash', '-use_timeline', '1', '-seg_duration', '1'],
  ],
])(
  '%s whose sound ends long before its picture: is ready, with the duration of the picture',
  { timeout: 120_000 },
  async (_name, file, options) => {
    await makeMedia(file, { picture: 10, sound: 3 }, [...H264, '-preset', 'ultrafast', '-g', '25', ...options]);
    expect((await bringIn(file))?.durationSeconds).toBeCloseTo(10, 0);
    expect((await bringIn(file, 'audio'))?.durationSeconds).toBeCloseTo(3, 0);
  },
);

test('a file cut off in the middle and requested as audio: fails as truncated', async () => {
  await makeMedia('cut.mp4', { picture: 10, sound: 10 }, [...H264, '-preset', 'ultrafast', ...AT_START]);
  await truncate(path.join(folder, 'cut.mp4'), Math.round((await stat(path.join(folder, 'cut.mp4'))).size / 2));
  await expect(bringIn('cut.mp4', 'audio')).rejects.toMatchObject({ code: 'source-truncated' });
});

test.each([
  ['an MP4, by its first bytes', 'huge.mp4', AT_START],
  ['a manifest that states the size, by the plan', 'huge.mpd', ['-f', 'dash', '-use_timeline', '1']],
  ['a manifest that does not state it, by its first segment', 'quiet.mpd', ['-f', 'dash', '-use_timeline', '1']],
])('a picture beyond the pixel limit, in %s: is refused as too large', async (_name, file, options) => {
  const many = ['-vf', 'scale=4096:2304:flags=neighbor', ...H264, '-preset', 'ultrafast', '-g', '25'];
  await makeMedia(file, { picture: 2, sound: 2 }, [...many, ...options]);
  if (file === 'quiet.mpd')
    await edit(file, (text) => text.replaceAll(/ (width|height|maxWidth|maxHeight)="\d+"/g, ''));
  await expect(bringIn(file)).rejects.toMatchObject({
    code: 'too-large',
    facts: { limit: { kind: 'picture', width: 4096, height: 2176 } },
  });
});

test('a file with no duration in its head: has the duration of its renditions', async () => {
  const far = ['-output_ts_offset', '3600', '-f', 'mpegts'];
  await makeMedia('far.ts', { picture: 10, sound: 10 }, [...H264, '-preset', 'ultrafast', '-g', '50', ...far]);
  expect((await bringIn('far.ts'))?.durationSeconds).toBeCloseTo(10, 0);
});
