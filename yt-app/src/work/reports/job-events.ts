import { isEnded, Problem } from '@linkcast/contracts';
import type { AppDatabase } from '../../database/app-database.ts';
import type { JobEvent } from '../../jobs/job-lifecycle.ts';
import type { JobStore } from '../../jobs/job-store.ts';
import type { JobRecord } from '../../jobs/job-table.ts';
import type { JobTwins } from '../../jobs/job-twins.ts';

/** Applies the events that workers cause. */
export interface JobEvents {
  /** Rejects with the problem lease-lost when the event may not come in the job's state, or the job has changed since it was read. */
  apply(job: JobRecord, event: JobEvent): Promise<JobRecord>;
}

export interface JobEventsOptions {
  readonly store: Pick<JobStore, 'apply'>;
  readonly twins: Pick<JobTwins, 'release'>;
  readonly database: AppDatabase;
}

export function createJobEvents({ store, twins, database }: JobEventsOptions): JobEvents {
  return {
    apply: (job, event) =>
      database.transaction(async () => {
        const changed = await store.apply(job, event);
        if (!changed)
          throw new Problem('lease-lost', {}, { cause: new Error(`job ${job.id}: ${event.type} while ${job.state}`) });
        if (isEnded(changed.state) || changed.state === 'queued') await twins.release(changed);
        return changed;
      }),
  };
}
