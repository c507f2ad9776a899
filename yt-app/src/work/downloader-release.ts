import type { WorkerRegistry } from './worker-registry.ts';

/** A release of yt-dlp. Its version is the day of the release. */
interface Release {
  readonly version: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** The oldest release of yt-dlp that the present workers have; undefined: no worker reports one. */
export function oldestRelease(workers: Pick<WorkerRegistry, 'present'>): Release | undefined {
  const [oldest] = workers
    .present()
    .flatMap(({ downloader }) => releaseOf(downloader) ?? [])
    .toSorted((one, other) => one.at - other.at);
  return oldest;
}

/** The release of a version such as `2026.07.04` or `2026.07.04.123456`; undefined: a worker reports something else. */
function releaseOf(version: string | null): Release | undefined {
  const [matched, year, month, day] = /^(\d{4})\.(\d{1,2})\.(\d{1,2})(?:\.\d+)?$/.exec(version ?? '') ?? [];
  if (matched === undefined) return undefined;
  return { version: matched, at: Date.UTC(Number(year), Number(month) - 1, Number(day)) };
}
