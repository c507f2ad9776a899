import type { SourceListing } from '@linkcast/contracts';
import { readByWays, type ProbedLink, type ProbeRun } from './run/probed-link.ts';
import type { YtDlp } from './programs/ytdlp.ts';

/**
 * Reads the list behind a link, as followers need it: without its videos.
 *
 * @throws {Problem} not-a-list, or the reason why the source cannot be read; or the reason of the signal.
 */
export type ListSource = (link: ProbedLink, run: Omit<ProbeRun, 'ytDlp'>) => Promise<SourceListing>;

export function createSourceList(ytDlp: Pick<YtDlp, 'readListing' | 'impersonateTargets'>): ListSource {
  return (link, run) =>
    readByWays(link, { ...run, ytDlp }, (each) => ytDlp.readListing(link.url, { ...each, most: link.maxEntries }));
}
