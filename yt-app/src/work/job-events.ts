import { Problem } from '@linkcast/contracts';
import type { JobEvent } from '../jobs/job-lifecycle.ts';
import type { JobPublisher } from '../jobs/job-publisher.ts';
import type { JobStore } from '../jobs/job-store.ts';
import type { JobRecord } from '../jobs/job-table.ts';

/** Applies the events that workers cause. */
export interface JobEvents {
  /** Rejects with the problem lease-lost when the event may not come in the job's state, or the job has changed since it was read. */
  apply(job: JobRecord, event: JobEvent): Promise<JobRecord>;
  /** Applies the event and publishes the job. Rejects as `apply`. */
  applyAndPublish(job: JobRecord, event: JobEvent): Promise<void>;
}

export function createJobEvents(store: Pick<JobStore, 'apply'>, publisher: JobPublisher): JobEvents {
  const apply = async (job: JobRecord, event: JobEvent): Promise<JobRecord> => {
    const changed = await store.apply(job, event);
    if (changed) return changed;
    throw new Problem('lease-lost', {}, { cause: new Error(`job ${job.id}: ${event.type} while ${job.state}`) });
  };

  return {
    apply,
    async applyAndPublish(job, event) {
      publisher.publish(await apply(job, event));
    },
  };
}
