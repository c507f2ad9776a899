import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { cachedFolder } from './fixture-cache.ts';
import { makeLongDash } from './media-fixtures.ts';

const run = promisify(execFile);

/** Paths below the folder that {@link makeLongFiles} gives. */
export const longFilePaths = {
  /** H.264 + AAC, index at the start. */
  mp4: '/video.mp4',
  /** The same with its index at the end. */
  mp4IndexAtEnd: '/index-at-end.mp4',
  /** The same from a later second on. */
  otherMp4: '/other.mp4',
  /** Sound alone, {@link SONG_ROUNDS} times as long. */
  m4a: '/song.m4a',
  /** Picture and sound apart, each one fragmented file. */
  apart: '/apart.mpd',
  /** Picture and sound together, a file for every two seconds. */
  hls: '/hls/index.m3u8',
  /** Picture and sound apart, a file for every two seconds. */
  dash: '/dash/index.mpd',
} as const;

export interface LongFilesOptions {
  /** Default 40. */
  readonly seconds?: number;
  /** Bits per second of the picture. Default 1,000,000. */
  readonly videoBitsPerSecond?: number;
}

/** Sound has few bytes a second. */
export const SONG_ROUNDS = 5;

interface Input {
  readonly file: string;
  readonly options: readonly string[];
}

const FASTSTART = ['-movflags', '+faststart'];
const FRAGMENTED = ['-movflags', '+frag_keyframe+empty_moov+default_base_moof'];

/** Files that a server sends as a whole, or from any byte on. */
export async function makeLongFiles(options: LongFilesOptions = {}): Promise<string> {
  const { seconds = 40, videoBitsPerSecond = 1e6 } = options;
  const dash = await makeLongDash({ seconds, videoBitsPerSecond, height: 360 });
  return cachedFolder('long-files', { seconds, videoBitsPerSecond }, async (folder) => {
    const copy = async (output: string, args: readonly string[], from: Partial<Input> = {}): Promise<void> => {
      const { file = path.join(dash, 'manifest.mpd'), options = [] } = from;
      const input = ['-hide_banner', '-nostdin', '-v', 'error', ...options, '-i', file];
      await run('ffmpeg', [...input, '-c', 'copy', ...args, output], { cwd: folder, timeout: 60_000 });
    };
    await copy('video.mp4', FASTSTART);
    await copy('index-at-end.mp4', []);
    await copy('other.mp4', FASTSTART, { options: ['-ss', '4'] });
    await copy('picture.mp4', ['-an', ...FRAGMENTED]);
    await copy('sound.mp4', ['-vn', ...FRAGMENTED]);
    await copy('song.m4a', FASTSTART, { file: 'sound.mp4', options: ['-stream_loop', String(SONG_ROUNDS - 1)] });
    await mkdir(path.join(folder, 'hls'));
    await copy('hls/index.m3u8', ['-f', 'hls', '-hls_time', '2', '-hls_playlist_type', 'vod'], { file: 'video.mp4' });
    await mkdir(path.join(folder, 'dash'));
    await copy('dash/index.mpd', ['-f', 'dash', '-seg_duration', '2'], { file: 'video.mp4' });
    await writeFile(path.join(folder, 'apart.mpd'), manifest(seconds));
  });
}

function manifest(seconds: number): string {
  return `<?xml version="1.0"?>
<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT${seconds}S" minBufferTime="PT2S" profiles="urn:mpeg:dash:profile:isoff-on-demand:2011">
<Period><AdaptationSet contentType="video" mimeType="video/mp4">
<Representation id="v" codecs="avc1.64001e" bandwidth="1000000" width="640" height="360"><BaseURL>picture.mp4</BaseURL></Representation>
</AdaptationSet><AdaptationSet contentType="audio" mimeType="audio/mp4">
<Representation id="a" codecs="mp4a.40.2" bandwidth="128000"><BaseURL>sound.mp4</BaseURL></Representation>
</AdaptationSet></Period></MPD>
`;
}
