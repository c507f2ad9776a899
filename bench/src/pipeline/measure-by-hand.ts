import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { toolPath } from '@linkcast/testing';
import { processorTimeSince, readProcessorTime } from './processor-time.ts';
import type { Source } from './source.ts';

const run = promisify(execFile);

/** All in seconds. */
export interface ByHandFigures {
  /** From the start; nothing can be played before the end. */
  readonly playable: number;
  readonly readyAfterLastByte: number;
  /** Processor time of both programs. */
  readonly processor: number;
}

interface Where {
  readonly source: Source;
  readonly limitSeconds: number;
  readonly signal: AbortSignal;
}

/**
 * The way without Linkcast: yt-dlp saves picture and sound, then ffmpeg copies them into HLS. The cheapest way
 * there is, so that the comparison flatters nobody: yt-dlp starts once and merges nothing.
 */
export async function measureByHand(link: string, { source, limitSeconds, signal }: Where): Promise<ByHandFigures> {
  const folder = await mkdtemp(path.join(tmpdir(), 'linkcast-by-hand-'));
  const limits = { cwd: folder, timeout: limitSeconds * 1000, signal };
  try {
    const before = await readProcessorTime(process.pid);
    const startedAt = Date.now();
    await run(toolPath('yt-dlp'), [...DOWNLOAD, '--', link], limits);
    await run('ffmpeg', convertToHls(await readdir(folder)), limits);
    const endedAt = Date.now();
    return {
      playable: (endedAt - startedAt) / 1000,
      readyAfterLastByte: (endedAt - source.lastSentAt()) / 1000,
      processor: (await processorTimeSince(before, process.pid)).children, // no other child ends meanwhile
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const DOWNLOAD = ['--ignore-config', '--quiet', '--format', 'bv,ba', '--output', '%(format_id)s.%(ext)s'];

function convertToHls(files: readonly string[]): string[] {
  return [
    ...['-nostdin', '-v', 'error'],
    ...files.flatMap((file) => ['-i', file]),
    ...files.flatMap((_file, index) => ['-map', String(index)]),
    ...['-c', 'copy', '-f', 'hls', '-hls_playlist_type', 'vod', '-hls_segment_type', 'fmp4', 'index.m3u8'],
  ];
}
