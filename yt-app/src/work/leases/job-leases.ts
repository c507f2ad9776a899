import { setTimeout as delay } from 'node:timers/promises';
import { isEnded, type WorkClaim } from '@linkcast/contracts';
import type { Logger } from '@linkcast/kit';
import type { JobStore } from '../../jobs/job-store.ts';
import type { JobRecord } from '../../jobs/job-table.ts';
import type { JobEndings } from '../reports/job-endings.ts';
import type { JobChanges } from '../reports/job-changes.ts';
import type { Lease } from './lease.ts';
import type { Leases } from './leases.ts';
import type { WaitingClaims } from '../waiting-claims.ts';

/** Opens the leases of jobs, and ends those whose worker does not report any more. */
export interface JobLeases {
  open(job: Pick<JobRecord, 'id' | 'fence' | 'isStopping'>, claim: Pick<WorkClaim, 'worker' | 'instance'>): void;
  /** Ends the lease, and completes, cancels, requeues or fails its job. Rejects when the job cannot be written: the lease stays. */
  expire(lease: Lease, reason: string): Promise<void>;
}

export interface JobLeasesOptions {
  readonly store: Pick<JobStore, 'get'>;
  readonly leases: Leases;
  readonly changes: JobChanges;
  readonly endings: JobEndings;
  readonly waiting: Pick<WaitingClaims, 'wake'>;
  /** Removes the work folders of claims that have ended. */
  readonly sweepWork: () => Promise<void>;
  readonly logger: Logger;
}

const RETRY_MS = 5000;

export function createJobLeases(options: JobLeasesOptions): JobLeases {
  const { store, leases, changes, endings, waiting, sweepWork, logger } = options;
  const release = async (job: JobRecord, { worker, isWanted }: Lease, reason: string): Promise<void> => {
    await endings.released(job, { isWanted, countedAttempts: job.attempt });
    logger.warn({ jobId: job.id, worker, attempt: job.attempt, reason }, 'lease ended');
  };
  const expire: JobLeases['expire'] = (lease, reason) =>
    changes.run(lease.id, async () => {
      if (leases.get(lease.id) !== lease) return; // a report has ended it meanwhile
      const job = await store.get(lease.id);
      const hasEnded = !job || isEnded(job.state) || job.state === 'queued'; // before, when its end was unknown
      if (!hasEnded && job.fence === lease.fence) await release(job, lease, reason);
      leases.end(lease);
      void sweepWork().catch((error: unknown) =>
        logger.error({ jobId: lease.id, err: error }, 'work folders not swept'),
      );
    });
  /** While the job cannot be written, its lease stays: otherwise nothing would run it again before the next start. */
  const expireWhenPossible = async (lease: Lease): Promise<void> => {
    while (leases.get(lease.id) === lease) {
      try {
        await expire(lease, 'not renewed');
      } catch (error) {
        logger.error({ jobId: lease.id, err: error }, 'lease not ended, trying again');
        await delay(RETRY_MS, undefined, { ref: false });
      }
    }
  };
  const open: JobLeases['open'] = ({ id, fence, isStopping }, { worker, instance }) => {
    const onExpired = (lease: Lease): void => void expireWhenPossible(lease);
    const lease = leases.open({ id, fence, worker, instance, onExpired });
    if (isStopping) lease.finish();
    void lease.ended.then(() => waiting.wake('job')); // this job, or one whose host has room now
  };

  return { open, expire };
}
