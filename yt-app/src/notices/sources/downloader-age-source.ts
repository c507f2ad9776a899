import { message } from '@linkcast/texts';
import type { WorkerRegistry } from '../../work/worker-registry.ts';
import type { NoticeSource } from '../notice-source.ts';

const DAY_MS = 86_400_000;
const WARNING_DAYS = 30;
const CRITICAL_DAYS = 90;

/** Observes the age of yt-dlp, which must follow the sites. Its version is the day of its release. */
export function createDownloaderAgeSource(
  workers: Pick<WorkerRegistry, 'present'>,
  clock: () => number = Date.now,
): NoticeSource {
  return {
    name: 'downloader age',
    observe() {
      const [oldest] = workers
        .present()
        .flatMap(({ downloader }) => releaseOf(downloader) ?? [])
        .toSorted((one, other) => one.at - other.at);
      if (!oldest) return Promise.resolve(undefined);
      const days = Math.floor((clock() - oldest.at) / DAY_MS);
      if (days <= WARNING_DAYS) return Promise.resolve([]);
      return Promise.resolve([
        {
          code: 'downloader-old',
          severity: days > CRITICAL_DAYS ? 'critical' : 'warning',
          message: message('downloader-old-notice', { version: oldest.version, days }),
          action: message('do-update-downloader'),
        },
      ]);
    },
  };
}

interface Release {
  readonly version: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** The release of a version such as `2026.07.04` or `2026.07.04.123456`; undefined: a worker reports something else. */
function releaseOf(version: string | null): Release | undefined {
  const [matched, year, month, day] = /^(\d{4})\.(\d{1,2})\.(\d{1,2})(?:\.\d+)?$/.exec(version ?? '') ?? [];
  if (matched === undefined) return undefined;
  return { version: matched, at: Date.UTC(Number(year), Number(month) - 1, Number(day)) };
}
