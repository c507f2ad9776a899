import { message } from '@linkcast/texts';
import type { WorkerRegistry } from '../../../work/worker-registry.ts';
import { oldestRelease } from '../../../work/downloader-release.ts';
import type { NoticeSource } from '../../notice-source.ts';

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
      const oldest = oldestRelease(workers);
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
