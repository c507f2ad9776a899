import type { SourceListing } from '@linkcast/contracts';
import { withProbeFolder, type ProbedLink } from './source-probe.ts';
import type { YtDlp } from './programs/ytdlp.ts';

/**
 * Reads the list behind a link, as followers need it: in one run, without its videos.
 *
 * @throws {Problem} not-a-list, or the reason why the source cannot be read; or the reason of the signal.
 */
export type ListSource = (link: ProbedLink, signal: AbortSignal) => Promise<SourceListing>;

export function createSourceList(ytDlp: Pick<YtDlp, 'readListing'>): ListSource {
  return ({ url, proxyUrl, maxEntries }, signal) =>
    withProbeFolder((directory) => ytDlp.readListing(url, { directory, proxyUrl, signal, most: maxEntries }));
}
