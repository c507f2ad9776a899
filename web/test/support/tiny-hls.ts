import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const heights = [180, 90] as const;

const master = `#EXTM3U
#EXT-X-VERSION:7
#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio",NAME="audio",DEFAULT=YES,AUTOSELECT=YES,URI="audio.m3u8"
#EXT-X-STREAM-INF:BANDWIDTH=400000,RESOLUTION=320x180,CODECS="avc1.42c01e,mp4a.40.2",AUDIO="audio"
v180.m3u8
#EXT-X-STREAM-INF:BANDWIDTH=200000,RESOLUTION=160x90,CODECS="avc1.42c01e,mp4a.40.2",AUDIO="audio"
v90.m3u8
`;

/** The master playlist of an audio item. */
const audioMaster = `#EXTM3U
#EXT-X-VERSION:7
#EXT-X-STREAM-INF:BANDWIDTH=70000,CODECS="mp4a.40.2"
audio.m3u8
`;

/**
 * Encodes test HLS as the pipeline writes it: each rendition one fragmented MP4 with byte ranges, audio in a group of its
 * own, two heights. Also `portrait.m3u8` (a master with width and height exchanged), `sound.m3u8` (audio only),
 * `audio.mp3`, `poster.jpg`.
 */
export async function makeTinyHls(folder: string, seconds: number): Promise<void> {
  for (const height of heights) {
    const source = ['-f', 'lavfi', '-i', `testsrc2=size=${(height * 16) / 9}x${height}:rate=25:duration=${seconds}`];
    const codec = [
      '-c:v',
      'libx264',
      '-preset',
      'ultrafast',
      '-profile:v',
      'baseline',
      '-pix_fmt',
      'yuv420p',
      '-g',
      '50',
    ];
    await ffmpeg(folder, [...source, ...codec, ...rendition(`v${height}`)]);
  }
  const sine = ['-f', 'lavfi', '-i', `sine=frequency=440:duration=${seconds}`];
  await ffmpeg(folder, [...sine, '-c:a', 'aac', '-b:a', '64k', ...rendition('audio')]);
  await ffmpeg(folder, [...sine, '-c:a', 'libmp3lame', '-b:a', '128k', 'audio.mp3']);
  await ffmpeg(folder, ['-f', 'lavfi', '-i', 'testsrc2=size=320x180', '-frames:v', '1', 'poster.jpg']);
  await writeFile(join(folder, 'index.m3u8'), master);
  await writeFile(join(folder, 'portrait.m3u8'), master.replaceAll(/RESOLUTION=(\d+)x(\d+)/g, 'RESOLUTION=$2x$1'));
  await writeFile(join(folder, 'sound.m3u8'), audioMaster);
}

/** Returns the playlist as it was while it grew: with the first `segments` segments, and without ENDLIST. */
export async function growingPlaylist(path: string, segments: number): Promise<string> {
  const lines = (await readFile(path, 'utf8')).split('\n').filter((line) => line !== '#EXT-X-ENDLIST');
  const starts = lines.flatMap((line, index) => (line.startsWith('#EXTINF') ? [index] : []));
  return lines.slice(0, starts[segments]).join('\n').replace('PLAYLIST-TYPE:VOD', 'PLAYLIST-TYPE:EVENT') + '\n';
}

function rendition(name: string): string[] {
  const segments = ['-hls_segment_type', 'fmp4', '-hls_flags', 'single_file', '-hls_segment_filename', `${name}.mp4`];
  return ['-f', 'hls', '-hls_time', '2', '-hls_playlist_type', 'vod', ...segments, `${name}.m3u8`];
}

async function ffmpeg(folder: string, args: string[]): Promise<void> {
  await run('ffmpeg', ['-hide_banner', '-nostdin', '-v', 'error', '-y', ...args], { cwd: folder, timeout: 30_000 });
}
