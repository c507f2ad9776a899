import type { Logger } from '@linkcast/kit';
import type { YtDlp } from './ytdlp.ts';

/** Older versions of yt-dlp have known vulnerabilities (docs/decisions/0004) and are not run. */
const OLDEST_SAFE_VERSION = '2026.07.04';

/** The version of the installed yt-dlp. */
export interface DownloaderVersion {
  /** Reads the version again. */
  refresh(): Promise<void>;
  /** Undefined when yt-dlp is missing. */
  current(): string | undefined;
  /** True when yt-dlp is there and not older than the oldest safe version. */
  isUsable(): boolean;
}

export function createDownloaderVersion(ytDlp: Pick<YtDlp, 'version'>, logger: Logger): DownloaderVersion {
  let version: string | undefined;
  const isUsable = (): boolean => version !== undefined && version >= OLDEST_SAFE_VERSION; // dates sort as text
  return {
    async refresh() {
      version = await ytDlp.version().catch(() => undefined);
      if (isUsable()) logger.info({ version }, 'downloader found');
      else logger.error({ version, oldest: OLDEST_SAFE_VERSION }, 'downloader missing or too old: no jobs are taken');
    },
    current: () => version,
    isUsable,
  };
}
