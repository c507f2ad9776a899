import { isEnded, type JobWork, type WorkClaim, type WorkLimits } from '@linkcast/contracts';
import type { Logger } from '@linkcast/kit';
import type { JobPublisher } from '../jobs/job-publisher.ts';
import type { JobStore } from '../jobs/job-store.ts';
import type { JobRecord } from '../jobs/job-table.ts';
import type { Library } from '../library/library.ts';
import { randomId } from '../random-id.ts';
import type { JobEndings } from './job-endings.ts';
import type { Lease } from './lease.ts';
import type { Leases } from './leases.ts';

/** Gives jobs to workers, one lease each. */
export interface JobDispatcher {
  /** The job that has waited longest, with a lease; undefined when none waits. */
  claim(claim: WorkClaim): Promise<JobWork | undefined>;
  /** Resolves with true when the job's programs have ended and it is cancelled; false when no worker has it. */
  cancel(id: string): Promise<boolean>;
  /** Ends the leases of an instance of a worker that another one has replaced. */
  replaceInstance(claim: WorkClaim): void;
  /** Renews the leases that were open when the API ended. The jobs of an older version start again. */
  recover(): void;
  /** Ids of the items that workers are making. */
  leasedMediaIds(): string[];
  /** Reports whether a claim is the current one of its job. */
  isCurrent(claim: { readonly id: string; readonly fence: number }): boolean;
  /** Forgets all leases; the workers continue. */
  stop(): void;
}

export interface JobDispatcherOptions {
  readonly store: Pick<JobStore, 'get' | 'claim' | 'leased'>;
  readonly leases: Leases;
  readonly publisher: JobPublisher;
  readonly endings: JobEndings;
  /** Discards the files that a worker left behind. */
  readonly library: Pick<Library, 'discardUnfinished'>;
  readonly limits: WorkLimits;
  /** The egress proxy's URL for one claim, with its credentials. */
  readonly proxyUrlFor: (claimId: string) => Promise<string>;
  /** Reports whether the media volume is present; no job is given out otherwise. */
  readonly isMediaReady: () => boolean;
  readonly logger: Logger;
}

export function createJobDispatcher(options: JobDispatcherOptions): JobDispatcher {
  const { store, leases, publisher, endings, logger } = options;

  /** Ends a lease whose worker does not report any more. */
  const expire = (lease: Lease, reason: string): void => {
    const job = store.get(lease.id);
    if (job && job.fence === lease.fence && !isEnded(job.state)) {
      logger.warn({ jobId: lease.id, worker: lease.worker, attempt: job.attempt, reason }, 'lease ended');
      endings.released(job, { isWanted: lease.isWanted, countedAttempts: job.attempt });
      void options.library.discardUnfinished(job.mediaId);
    }
    leases.end(lease);
  };
  const open = ({ id, fence }: JobRecord, { worker, instance }: Pick<WorkClaim, 'worker' | 'instance'>): void => {
    const onExpired = (lease: Lease): void => expire(lease, 'not renewed');
    leases.open({ id, fence, worker, instance, onExpired });
  };

  return {
    async claim(claim) {
      if (!options.isMediaReady()) return undefined;
      const job = store.claim({ ...claim, mediaId: randomId(), now: Date.now() });
      if (!job) return undefined;
      open(job, claim);
      publisher.publish(job);
      const { id, attempt, type, fence, url, mediaId, quality } = job;
      logger.info({ jobId: id, attempt, type, worker: claim.worker }, 'job started');
      const proxyUrl = await options.proxyUrlFor(`${id}.${fence}`);
      return { kind: 'job', id, fence, url, mediaId, type, quality, limits: options.limits, proxyUrl };
    },
    async cancel(id) {
      const lease = leases.get(id);
      if (!lease) return false;
      lease.revoke();
      await lease.ended;
      return store.get(id)?.state === 'cancelled';
    },
    replaceInstance({ worker, instance }) {
      for (const lease of leases.all())
        if (lease.worker === worker && lease.instance !== instance) expire(lease, 'worker restarted');
    },
    recover() {
      for (const job of store.leased()) {
        const { worker, instance } = job;
        if (worker !== null && instance !== null) open(job, { worker, instance });
        else endings.released(job, { isWanted: true, countedAttempts: job.attempt });
      }
    },
    leasedMediaIds: () => leases.all().flatMap(({ id }) => store.get(id)?.mediaId ?? []),
    isCurrent: ({ id, fence }) => leases.get(id)?.fence === fence,
    stop() {
      for (const lease of leases.all()) leases.end(lease);
    },
  };
}
