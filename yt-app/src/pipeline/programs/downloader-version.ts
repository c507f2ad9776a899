import type { Logger } from '@linkcast/kit';
import { OLDEST_SAFE_VERSION, type YtDlp } from './ytdlp.ts';

/** Which yt-dlp there is; one that is older than the oldest safe version is not run. */
export interface DownloaderVersion {
  refresh(): Promise<void>;
  current(): string | undefined;
  isUsable(): boolean;
}

export function createDownloaderVersion(ytDlp: YtDlp, logger: Logger): DownloaderVersion {
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
