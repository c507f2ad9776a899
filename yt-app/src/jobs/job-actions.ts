import { isEnded, Problem } from '@linkcast/contracts';
import { randomId } from '../random-id.ts';
import type { JobEvent } from './job-lifecycle.ts';
import type { JobStore } from './job-store.ts';
import type { JobRecord } from './job-table.ts';
import type { JobAdmission } from './submission/job-admission.ts';
import type { JobLimits } from './submission/job-limits.ts';

export interface JobActionsOptions {
  readonly store: Pick<JobStore, 'get' | 'apply'>;
  readonly queue: {
    /** Resolves with true when the job's programs have ended and it is cancelled; false when no worker has it. */
    cancel(id: string): Promise<boolean>;
    /** Resolves with false when the job is not queued any more. */
    cancelQueued(job: JobRecord): Promise<boolean>;
    /** Makes the worker of a job end its recording. */
    finish(id: string): void;
    /** Announces a queued job to the workers. */
    wake(): void;
  };
  readonly admission: JobAdmission;
  readonly limits: Pick<JobLimits, 'require'>;
}

/** Actions of people on one job. Every expected refusal rejects with a Problem. */
export interface JobActions {
  /** Resolves when the job's programs have ended. */
  cancel(id: string): Promise<JobRecord>;
  /** Ends the recording of a live source: what was recorded becomes the item. */
  stop(id: string): Promise<JobRecord>;
  /** Queues a job again, within a transaction. @param personId who retries it, for their limits; null: nobody. */
  retry(job: JobRecord, personId: string | null): Promise<JobRecord>;
}

/** Attempts at most: a job that fails while it is being cancelled may be queued again, and claimed again. */
const MOST_CANCELLATIONS = 5;

export function createJobActions({ store, queue, admission, limits }: JobActionsOptions): JobActions {
  const need = async (id: string): Promise<JobRecord> => {
    const job = await store.get(id);
    if (!job) throw new Problem('not-found');
    return job;
  };
  /** Rejects with the problem `conflict` when the job's state does not allow the event. */
  const apply = async (job: JobRecord, event: JobEvent): Promise<JobRecord> => {
    const changed = await store.apply(job, event);
    if (!changed) throw new Problem('conflict');
    return changed;
  };

  return {
    async cancel(id) {
      for (let count = 0; count < MOST_CANCELLATIONS; count += 1) {
        const job = await need(id);
        if (isEnded(job.state)) break;
        if (job.state === 'queued' && (await queue.cancelQueued(job))) return need(id);
        if (await queue.cancel(id)) return need(id);
      }
      throw new Problem('conflict');
    },
    async stop(id) {
      for (let count = 0; count < MOST_CANCELLATIONS; count += 1) {
        const job = await need(id);
        if (job.liveSince === null || isEnded(job.state)) break;
        const stopping = job.isStopping ? job : await store.apply(job, { type: 'stopping', isStopping: true });
        if (!stopping) continue; // a report has changed it meanwhile
        queue.finish(id);
        queue.wake();
        return stopping;
      }
      throw new Problem('conflict');
    },
    async retry(job, personId) {
      if (job.state === 'queued' && job.notBefore > 0) return apply(job, { type: 'due' });
      if (job.state !== 'failed' && job.state !== 'cancelled') throw new Problem('conflict');
      await admission.require();
      await limits.require(personId, { retried: job.id });
      return apply(job, { type: 'retried', mediaId: randomId(), submittedAt: Date.now() });
    },
  };
}
