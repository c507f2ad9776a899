import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isProblem, type Playlist, type Probe } from '@linkcast/contracts';
import type { ResolveOptions, YtDlp } from './programs/ytdlp.ts';
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
  return async ({ url, proxyUrl, maxEntries }, signal) => {
    const directory = await mkdtemp(path.join(tmpdir(), 'linkcast-probe-'));
    const run = { directory, proxyUrl, signal };
    try {
      const listed = await ytDlp.list(url, { ...run, most: maxEntries });
      if ('source' in listed) return { ...describeSource(listed.source.info), playlist: null };
      return { ...(await describeOne(ytDlp, url, listed.playlist, run)), playlist: listed.playlist };
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  };
}

/** Describes the first or chosen video of a list. One that cannot be read, because it is private or deleted, does not hide the list. */
async function describeOne(
  ytDlp: Pick<YtDlp, 'resolve'>,
  url: string,
  { title }: Playlist,
  run: ResolveOptions,
): Promise<ReturnType<typeof describeSource>> {
  try {
    return describeSource((await ytDlp.resolve(url, run)).info);
  } catch (error) {
    if (run.signal.aborted || !isProblem(error)) throw error;
    return { title: title ?? url, uploader: null, durationSeconds: null, thumbnail: null, heights: [] };
  }
}
