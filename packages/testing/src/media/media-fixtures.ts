import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { cachedFolder } from './fixture-cache.ts';

const run = promisify(execFile);

export interface FixtureOptions {
  /** Length of every clip. Default 10. */
  readonly seconds?: number;
  /** Heights of the DASH ladder, the largest first. Default 720 and 360. */
  readonly heights?: readonly number[];
}

/** Paths below the folder that {@link makeFixtures} gives, and the origin's paths with it as `root`. */
export const fixturePaths = {
  /** H.264 High 8-bit + AAC, index at the start. */
  mp4: '/video.mp4',
  /** The same with its index at the end: cannot be read from a pipe. */
  mp4IndexAtEnd: '/index-at-end.mp4',
  /** H.264 High 10, which browsers do not play: the picture must be encoded. */
  mp4TenBit: '/ten-bit.mp4',
  /** VP9 + Opus. */
  webm: '/video.webm',
  mp3: '/song.mp3',
  m4a: '/song.m4a',
  /** Video and audio apart, SegmentTemplate, one representation a height. */
  dash: '/dash/manifest.mpd',
  /** MPEG-TS segments of 2 s, video and audio together. */
  hls: '/hls/index.m3u8',
  thumbnail: '/thumbnail.jpg',
} as const;

/** Small media of every kind the pipeline meets, made by ffmpeg: a test picture, a 440 Hz tone, a key frame every 2 s. */
export async function makeFixtures(options: FixtureOptions = {}): Promise<string> {
  const { seconds = 10, heights = [720, 360] } = options;
  return cachedFolder('media', { seconds, heights }, async (folder) => {
    const make = (output: string, args: readonly string[]) => ffmpeg([...args, output], folder);
    const [source, height] = [lavfi(seconds, 360), '360'];

    await make('index-at-end.mp4', [...source, ...h264('500k'), ...AAC]);
    await make('video.mp4', ['-i', 'index-at-end.mp4', '-c', 'copy', '-movflags', '+faststart']);
    await make('ten-bit.mp4', [
      ...lavfi(Math.min(seconds, 6), 240),
      ...H264_TEN_BIT,
      ...AAC,
      '-movflags',
      '+faststart',
    ]);
    await make('video.webm', [...lavfi(Math.min(seconds, 6), 180), ...VP9, '-c:a', 'libopus', '-b:a', '64k']);
    await make('song.mp3', [...tone(seconds), '-c:a', 'libmp3lame', '-b:a', '128k', '-metadata', 'title=Fixture song']);
    await make('song.m4a', [...tone(seconds), ...AAC, '-movflags', '+faststart']);
    await make('thumbnail.jpg', ['-i', `video.mp4`, '-vf', `scale=-2:${height}`, '-frames:v', '1', '-update', '1']);
    await mkdir(path.join(folder, 'hls'));
    await make('hls/index.m3u8', ['-i', 'video.mp4', '-c', 'copy', ...HLS]);
    await mkdir(path.join(folder, 'dash'));
    await makeDash(path.join(folder, 'dash'), seconds, heights);
  });
}

export interface LongDashOptions {
  /** Default 600. */
  readonly seconds?: number;
  /** Bits per second of the picture. Default 4,000,000. */
  readonly videoBitsPerSecond?: number;
  /** Default 720. */
  readonly height?: number;
}

/** Long DASH without long encoding: 16 s, encoded once, go round and round. @returns the folder; see `manifest.mpd`. */
export async function makeLongDash(options: LongDashOptions = {}): Promise<string> {
  const { seconds = 600, videoBitsPerSecond = 4e6, height = 720 } = options;
  return cachedFolder('long-dash', { seconds, videoBitsPerSecond, height }, async (folder) => {
    // 16 s hold whole frames of both the picture (40 ms) and the sound (64/3 ms), so that no gap opens at the seams.
    const clip = await cachedFolder('long-dash-clip', { videoBitsPerSecond, height }, async (clipFolder) => {
      const rate = String(videoBitsPerSecond);
      const noise = ['-vf', 'noise=alls=30:allf=t']; // a clean test picture would never need so many bits
      await ffmpeg([...lavfi(16, height), '-an', ...noise, ...h264(rate), 'v.mp4'], clipFolder);
      await ffmpeg([...tone(16), ...AAC, 'a.m4a'], clipFolder);
    });
    const round = (file: string) => ['-stream_loop', '-1', '-i', path.join(clip, file)];
    const streams = ['-map', '0:v', '-map', '1:a', '-c', 'copy', '-t', String(seconds)];
    await ffmpeg([...round('v.mp4'), ...round('a.m4a'), ...streams, ...DASH, 'manifest.mpd'], folder);
  });
}

async function makeDash(folder: string, seconds: number, heights: readonly number[]): Promise<void> {
  const scaled = heights.map((height, index) => `[s${index}]scale=-2:${height}[v${index}]`).join(';');
  const split = `[0:v]split=${heights.length}${heights.map((_, index) => `[s${index}]`).join('')}`;
  const videos = heights.flatMap((height, index) => ['-map', `[v${index}]`, `-b:v:${index}`, `${height * 2}k`]);
  await ffmpeg(
    [
      ...lavfi(seconds, Math.max(...heights)),
      ...['-filter_complex', `${split};${scaled}`],
      ...[...videos, '-map', '1:a'],
      ...[...h264(undefined), ...AAC, ...DASH],
      'manifest.mpd',
    ],
    folder,
  );
}

const AAC = ['-c:a', 'aac', '-b:a', '128k', '-ar', '48000', '-ac', '2'];
const H264_TEN_BIT = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p10le', '-profile:v', 'high10'];
const VP9 = ['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', '-b:v', '300k', '-g', '50'];
const HLS = ['-f', 'hls', '-hls_time', '2', '-hls_list_size', '0', '-hls_playlist_type', 'vod'];
const DASH = [
  ...['-f', 'dash', '-seg_duration', '2', '-use_template', '1', '-use_timeline', '1'],
  ...['-adaptation_sets', 'id=0,streams=v id=1,streams=a'],
  ...['-init_seg_name', 'init-$RepresentationID$.m4s', '-media_seg_name', 'chunk-$RepresentationID$-$Number%05d$.m4s'],
];

function h264(bitsPerSecond: string | undefined): string[] {
  const rate =
    bitsPerSecond === undefined ? [] : ['-b:v', bitsPerSecond, '-maxrate', bitsPerSecond, '-bufsize', bitsPerSecond];
  const keyFrames = ['-g', '50', '-keyint_min', '50', '-sc_threshold', '0'];
  return [
    '-c:v',
    'libx264',
    '-preset',
    'superfast',
    '-profile:v',
    'high',
    '-pix_fmt',
    'yuv420p',
    ...keyFrames,
    ...rate,
  ];
}

function lavfi(seconds: number, height: number): string[] {
  const width = Math.round((height * 16) / 9 / 2) * 2;
  return ['-f', 'lavfi', '-i', `testsrc2=size=${width}x${height}:rate=25:duration=${seconds}`, ...tone(seconds)];
}

function tone(seconds: number): string[] {
  return ['-f', 'lavfi', '-i', `sine=frequency=440:sample_rate=48000:duration=${seconds}`];
}

async function ffmpeg(args: readonly string[], cwd: string): Promise<void> {
  await run('ffmpeg', ['-hide_banner', '-nostdin', '-v', 'error', '-y', ...args], { cwd, timeout: 120_000 });
}
