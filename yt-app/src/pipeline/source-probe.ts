import { isProblem, type Playlist, type Probe } from '@linkcast/contracts';
import { readByWays, type ProbedLink, type ProbeRun } from './run/probed-link.ts';
import type { YtDlp } from './programs/ytdlp.ts';
import type { RunOptions } from './programs/ytdlp-run.ts';
import { describeSource } from './source/source-description.ts';

/**
 * Describes what a link offers, without downloading it.
 *
 * @throws {Problem} the reason why the source cannot be resolved; or the reason of the signal.
 */
export type ProbeSource = (link: ProbedLink, run: Omit<ProbeRun, 'ytDlp'>) => Promise<Probe>;

export function createSourceProbe(ytDlp: Pick<YtDlp, 'resolve' | 'list' | 'impersonateTargets'>): ProbeSource {
  return (link, run) =>
    readByWays(link, { ...run, ytDlp }, async (each) => {
      const listed = await ytDlp.list(link.url, { ...each, most: link.maxEntries });
      if ('source' in listed) return { ...describeSource(listed.source.info), playlist: null };
      return describeList(ytDlp, link.url, listed.playlist, each);
    });
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
