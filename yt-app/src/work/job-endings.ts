import { Problem } from '@linkcast/contracts';
import type { Logger } from '@linkcast/kit';
import type { AppDatabase } from '../database/app-database.ts';
import type { JobEvent } from '../jobs/job-lifecycle.ts';
import { toJobProblem } from '../jobs/job-problem.ts';
import type { JobRecord } from '../jobs/job-table.ts';
import type { ItemStore } from '../library/items/item-store.ts';
import type { JobEvents } from './job-events.ts';

/** Ends the work of a worker on a job. Each function rejects with `lease-lost` when the job's state does not allow it. */
export interface JobEndings {
  failed(job: JobRecord, problem: Problem): Promise<void>;
  cancelled(job: JobRecord): Promise<void>;
  /** The worker vanished, or has stopped: completes, cancels, requeues or fails the job. */
  released(job: JobRecord, release: Release): Promise<void>;
}

export interface Release {
  /** False once the job was cancelled. */
  readonly isWanted: boolean;
  /** Attempts used up. One that ended because its worker stopped in order is not counted. */
  readonly countedAttempts: number;
}

export interface JobEndingsOptions {
  readonly items: ItemStore;
  readonly database: AppDatabase;
  readonly jobEvents: JobEvents;
  readonly logger: Logger;
}

/** A job whose worker vanished runs again; after this many attempts it has failed. */
const MAX_ATTEMPTS = 3;

export function createJobEndings(options: JobEndingsOptions): JobEndings {
  const { items, database, jobEvents, logger } = options;

  /** Applies the event, and removes the item of the job from the library while it is only playable. */
  const end = async (job: JobRecord, event: JobEvent): Promise<void> => {
    const isListed = (await items.get(job.mediaId))?.state === 'playable';
    await database.transaction(async () => {
      if (isListed) await items.remove(job.mediaId);
      await jobEvents.apply(job, event);
    });
  };
  const failed = async (job: JobRecord, problem: Problem): Promise<void> => {
    const level = problem.code === 'internal' ? 'error' : 'warn';
    logger[level]({ jobId: job.id, problem: problem.code }, 'job failed');
    await end(job, { type: 'failed', problem: toJobProblem(problem), finishedAt: Date.now() });
  };
  const cancelled = (job: JobRecord): Promise<void> => end(job, { type: 'cancelled', finishedAt: Date.now() });

  return {
    failed,
    cancelled,
    async released(job, { isWanted, countedAttempts }) {
      const item = await items.get(job.mediaId);
      if (item?.state === 'ready') {
        const { handling, bytes } = item;
        const finishedAt = Date.now();
        await jobEvents.apply(job, { type: 'recovered', isPlayable: true, handling, bytes, finishedAt });
        return;
      }
      if (!isWanted) await cancelled(job);
      else if (countedAttempts < MAX_ATTEMPTS) await end(job, { type: 'requeued', attempt: countedAttempts });
      else await failed(job, new Problem('attempts-exhausted'));
    },
  };
}
