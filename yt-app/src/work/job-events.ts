import { Problem } from '@linkcast/contracts';
import type { JobEvent } from '../jobs/job-lifecycle.ts';
import type { JobPublisher } from '../jobs/job-publisher.ts';
import type { JobStore } from '../jobs/job-store.ts';
import type { JobRecord } from '../jobs/job-table.ts';

/** Applies the events that workers cause. */
export interface JobEvents {
  /** @throws {Problem} lease-lost when the event may not come in the job's state, or the job has changed since it was read. */
  apply(job: JobRecord, event: JobEvent): JobRecord;
  /** Applies the event and publishes the job. @throws as `apply`. */
  applyAndPublish(job: JobRecord, event: JobEvent): void;
}

export function createJobEvents(store: Pick<JobStore, 'apply'>, publisher: JobPublisher): JobEvents {
  const apply = (job: JobRecord, event: JobEvent): JobRecord => {
    const changed = store.apply(job, event);
    if (changed) return changed;
    throw new Problem('lease-lost', {}, { cause: new Error(`job ${job.id}: ${event.type} while ${job.state}`) });
  };

  return {
    apply,
    applyAndPublish: (job, event) => void publisher.publish(apply(job, event)),
  };
}
