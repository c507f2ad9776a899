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
      const [version] = workers
        .present()
        .flatMap(({ downloader }) => downloader ?? [])
        .toSorted(); // dates sort as text
      const releasedAt = version === undefined ? undefined : releaseTime(version);
      if (version === undefined || releasedAt === undefined) return Promise.resolve(undefined);
      const days = Math.floor((clock() - releasedAt) / DAY_MS);
      if (days <= WARNING_DAYS) return Promise.resolve([]);
      return Promise.resolve([
        {
          code: 'downloader-old',
          severity: days > CRITICAL_DAYS ? 'critical' : 'warning',
          message: message('downloader-old-notice', { version, days }),
          action: message('do-update-downloader'),
        },
      ]);
    },
  };
}

/** The release of a version such as `2026.07.04` or `2026.07.04.1`, in milliseconds since 1970; undefined: it has no date. */
function releaseTime(version: string): number | undefined {
  const [, year, month, day] = /^(\d{4})\.(\d{1,2})\.(\d{1,2})(?:\D|$)/.exec(version) ?? [];
  return year === undefined ? undefined : Date.UTC(Number(year), Number(month) - 1, Number(day));
}
