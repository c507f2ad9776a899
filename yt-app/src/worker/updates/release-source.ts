import type { YtDlpChannel } from '@linkcast/contracts';
import { Problem, YtDlpVersion } from '@linkcast/contracts';
import type { FetchBytes } from '../../egress/egress-fetch.ts';
import { ReleaseRefused, type OfferedRelease } from '../../pipeline/pipeline.ts';

/** The repositories of yt-dlp's releases on GitHub. */
const REPOSITORIES: Readonly<Record<Exclude<YtDlpChannel, 'pinned'>, string>> = {
  stable: 'yt-dlp/yt-dlp',
  nightly: 'yt-dlp/yt-dlp-nightly-builds',
};

const CHECK_MS = 30_000;
/** A line of 100 characters for each file of a release. */
const MAX_SUMS_BYTES = 64_000;
const MAX_SIGNATURE_BYTES = 16_000;
/** The program of 2026.11 has 3 MB. */
const MAX_PROGRAM_BYTES = 30e6;
const PROGRAM_MS = 600_000;

export interface ReleaseSourceOptions {
  /** YTDLP_RELEASES_URL, without a slash at the end. */
  readonly root: string;
  readonly channel: keyof typeof REPOSITORIES;
  readonly fetchBytes: FetchBytes;
}

/**
 * Finds the newest release. Its version is where the link to the newest one leads: unlike the API of GitHub, that asks for no key and has no
 * limit of requests.
 *
 * @throws {Problem} source-unreachable, source-stalled, source-forbidden; the reason of the signal.
 */
export async function findNewestRelease(
  { root, channel, fetchBytes }: ReleaseSourceOptions,
  signal: AbortSignal,
): Promise<OfferedRelease> {
  const releases = `${root}/${REPOSITORIES[channel]}/releases`;
  const { finalUrl } = await fetchBytes(`${releases}/latest`, { maxBytes: 1, timeoutMs: CHECK_MS, signal });
  const [, tag] = /\/releases\/tag\/([^/?#]+)$/.exec(finalUrl) ?? [];
  const version = YtDlpVersion.safeParse(tag).data;
  if (version === undefined) throw new Problem('source-unreachable');

  const fetchFile = async (name: string, maxBytes: number, timeoutMs = CHECK_MS): Promise<Buffer> => {
    const file = await fetchBytes(`${releases}/download/${version}/${name}`, { maxBytes, timeoutMs, signal });
    if (file.status === 404) throw new ReleaseRefused(name === 'yt-dlp' ? 'checksum' : 'signature');
    if (file.status !== 200) throw new Problem('source-unreachable');
    if (!file.isWhole) throw new ReleaseRefused('size');
    return file.body;
  };
  return {
    version,
    fetchSums: async () => ({
      sums: await fetchFile('SHA2-256SUMS', MAX_SUMS_BYTES),
      signature: await fetchFile('SHA2-256SUMS.sig', MAX_SIGNATURE_BYTES),
    }),
    fetchProgram: () => fetchFile('yt-dlp', MAX_PROGRAM_BYTES, PROGRAM_MS),
  };
}
