import { message } from '@linkcast/texts';
import type { JobStatistics } from '../../jobs/job-statistics.ts';
import type { QueuePause } from '../../work/waiting/queue-pause.ts';
import type { WorkerRegistry } from '../../work/worker-registry.ts';
import type { NoticeSource } from '../notice-source.ts';

export interface QueueSourceOptions {
  readonly jobs: Pick<JobStatistics, 'countDue' | 'lastStart'>;
  readonly pause: Pick<QueuePause, 'reasons'>;
  readonly workers: Pick<WorkerRegistry, 'present' | 'isJobWanted'>;
  /** Reports whether the media volume is present; no job is given out otherwise. */
  readonly isMediaReady: () => boolean;
}

const CODE = 'queue-stuck';
const LASTS_MS = 900_000;

/**
 * Observes that jobs wait for 15 minutes although a worker asks for one, and none starts meanwhile. While all workers are busy
 * the queue is only long, and jobs that wait for their next try are not due. A missing volume, missing workers and a paused queue have
 * notices of their own.
 */
export function createQueueSource(
  { jobs, pause, workers, isMediaReady }: QueueSourceOptions,
  clock: () => number = Date.now,
): NoticeSource {
  return {
    name: 'queue',
    async observe(lasting) {
      if (!isMediaReady() || workers.present().length === 0) return undefined;
      if (pause.reasons().size > 0) return [];
      const count = await jobs.countDue(clock());
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
