import { oldestRelease } from '../../work/downloader-release.ts';
import type { WorkerRegistry } from '../../work/worker-registry.ts';
import type { MetricSource } from '../metric-source.ts';

/** The workers and their yt-dlp. */
export function createWorkerMetrics(workers: Pick<WorkerRegistry, 'present' | 'lastSeenAt'>): MetricSource {
  return {
    name: 'workers',
    gauges: {
      linkcast_workers: { help: 'Workers that have asked for work in the last minute.' },
      linkcast_worker_last_seen_timestamp_seconds: { help: 'Time at which a worker last asked for work.' },
      linkcast_downloader_release_timestamp_seconds: { help: 'Release of the oldest yt-dlp that a worker has.' },
    },
    read() {
      const seenAt = workers.lastSeenAt();
      const release = oldestRelease(workers);
      return Promise.resolve({
        linkcast_workers: workers.present().length,
        linkcast_worker_last_seen_timestamp_seconds: seenAt === undefined ? undefined : seenAt / 1000,
        linkcast_downloader_release_timestamp_seconds: release && release.at / 1000,
      });
    },
  };
}
