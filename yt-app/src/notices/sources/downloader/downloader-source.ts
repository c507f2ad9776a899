import { message } from '@linkcast/texts';
import type { WorkerRegistry } from '../../../work/worker-registry.ts';
import type { NoticeSource } from '../../notice-source.ts';

const LASTS_MS = 600_000;

/** Observes that no worker has a yt-dlp that may be run, for ten minutes. */
export function createDownloaderSource(workers: Pick<WorkerRegistry, 'present'>): NoticeSource {
  return {
    name: 'downloader',
    observe() {
      const present = workers.present();
      if (present.length === 0) return Promise.resolve(undefined);
      if (present.some(({ downloader }) => downloader !== null)) return Promise.resolve([]);
      return Promise.resolve([
        {
          code: 'downloader-missing',
          severity: 'critical',
          message: message('downloader-missing-notice'),
          action: message('do-update-downloader'),
          opensAfterMs: LASTS_MS,
        },
      ]);
    },
  };
}
