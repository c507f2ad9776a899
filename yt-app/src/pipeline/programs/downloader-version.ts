/** Older versions of yt-dlp have known vulnerabilities (docs/decisions/0004) and are not run. */
export const OLDEST_SAFE_VERSION = '2026.07.04';

/** The version of the yt-dlp that jobs get. */
export interface DownloaderVersion {
  /** Reads the version again. */
  refresh(): Promise<void>;
  /** Undefined when yt-dlp is missing. */
  current(): string | undefined;
  /** True when yt-dlp is there and not older than the oldest safe version. */
  isUsable(): boolean;
}

export function isSafeVersion(version: string | undefined): version is string {
  return version !== undefined && version >= OLDEST_SAFE_VERSION; // dates sort as text
}
