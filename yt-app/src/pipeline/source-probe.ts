import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isProblem, type Playlist, type Probe } from '@linkcast/contracts';
import type { YtDlp } from './programs/ytdlp.ts';
import type { RunOptions } from './programs/ytdlp-run.ts';
import { describeSource } from './source/source-description.ts';

export interface ProbedLink {
  readonly url: string;
  /** The egress proxy; contains a password. */
  readonly proxyUrl: string;
  /** The most videos of a list that are named. */
  readonly maxEntries: number;
}

/**
 * Describes what a link offers, without downloading it.
 *
 * @throws {Problem} the reason why the source cannot be resolved; or the reason of the signal.
 */
export type ProbeSource = (link: ProbedLink, signal: AbortSignal) => Promise<Probe>;

export function createSourceProbe(ytDlp: Pick<YtDlp, 'resolve' | 'list'>): ProbeSource {
  return ({ url, proxyUrl, maxEntries }, signal) =>
    withProbeFolder(async (directory) => {
      const run = { directory, proxyUrl, signal };
      const listed = await ytDlp.list(url, { ...run, most: maxEntries });
      if ('source' in listed) return { ...describeSource(listed.source.info), playlist: null };
      return describeList(ytDlp, url, listed.playlist, run);
    });
}

/** Runs a function with a temporary working directory for yt-dlp. */
export async function withProbeFolder<Result>(run: (directory: string) => Promise<Result>): Promise<Result> {
  const directory = await mkdtemp(path.join(tmpdir(), 'linkcast-probe-'));
  try {
    return await run(directory);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** Describes a list, and its first or chosen video. One that cannot be read, because it is private or deleted, does not hide the list. */
async function describeList(
  ytDlp: Pick<YtDlp, 'resolve'>,
  url: string,
  playlist: Playlist,
  run: RunOptions,
): Promise<Probe> {
  try {
    const { info, isFirstOfList } = await ytDlp.resolve(url, run);
    return { ...describeSource(info), playlist: { ...playlist, one: isFirstOfList ? 'first' : 'chosen' } };
  } catch (error) {
    if (run.signal.aborted || !isProblem(error)) throw error;
    const unknown = { uploader: null, durationSeconds: null, thumbnail: null, heights: [] };
    return { ...unknown, title: playlist.title ?? url, playlist };
  }
}
