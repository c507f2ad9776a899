import { Problem } from '@linkcast/contracts';
import type { JobEvent } from '../jobs/job-lifecycle.ts';
import type { JobStore } from '../jobs/job-store.ts';
import type { JobRecord } from '../jobs/job-table.ts';

/** Applies the events that workers cause. */
export interface JobEvents {
  /** Rejects with the problem lease-lost when the event may not come in the job's state, or the job has changed since it was read. */
  apply(job: JobRecord, event: JobEvent): Promise<JobRecord>;
}

export function createJobEvents(store: Pick<JobStore, 'apply'>): JobEvents {
  return {
    async apply(job, event) {
      const changed = await store.apply(job, event);
      if (changed) return changed;
      throw new Problem('lease-lost', {}, { cause: new Error(`job ${job.id}: ${event.type} while ${job.state}`) });
    },
  };
}
