import { message } from '@linkcast/texts';
import type { JobStatistics } from '../../jobs/job-statistics.ts';
import type { WorkerRegistry } from '../../work/worker-registry.ts';
import type { NoticeSource } from '../notice-source.ts';

export interface QueueSourceOptions {
  readonly jobs: Pick<JobStatistics, 'counts' | 'lastStart'>;
  readonly workers: Pick<WorkerRegistry, 'present' | 'isJobWanted'>;
  /** Reports whether the media volume is present; no job is given out otherwise. */
  readonly isMediaReady: () => boolean;
}

const CODE = 'queue-stuck';
const LASTS_MS = 900_000;

/**
 * Observes that jobs wait for 15 minutes although a worker asks for one, and none starts meanwhile. While all workers are busy
 * the queue is only long. A missing volume and missing workers have notices of their own.
 */
export function createQueueSource({ jobs, workers, isMediaReady }: QueueSourceOptions): NoticeSource {
  return {
    name: 'queue',
    async observe(lasting) {
      if (!isMediaReady() || workers.present().length === 0) return undefined;
      const { queued: count = 0 } = await jobs.counts();
      if (count === 0 || !workers.isJobWanted()) return [];
      const sinceMs = lasting.get(CODE)?.sinceMs ?? Infinity;
      if (((await jobs.lastStart()) ?? 0) > sinceMs) return [];
      return [
        {
          code: CODE,
          severity: 'warning',
          message: message('queue-stuck-notice', { count }),
          action: message('do-start-worker'),
          opensAfterMs: LASTS_MS,
        },
      ];
    },
  };
}
