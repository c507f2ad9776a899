import {
  isEnded,
  Problem,
  type Job,
  type JobWork,
  type LeaseAnswer,
  type WorkClaim,
  type WorkLimits,
  type WorkReport,
} from '@linkcast/contracts';
import type { Logger } from '@linkcast/kit';
import type { JobRecord } from '../jobs/job-record.ts';
import type { JobStore } from '../jobs/job-store.ts';
import { randomId } from '../random-id.ts';
import type { JobProgress } from './job-progress.ts';
import { createLease, type Lease } from './lease.ts';
import { problemOf } from './reported-problem.ts';

/** Gives jobs to workers, one lease each, and takes their reports. */
export interface JobDispatcher {
  /** The job that has waited longest, with a lease; undefined when none waits. */
  claim(claim: WorkClaim): Promise<JobWork | undefined>;
  /** @throws {Problem} lease-lost. */
  lease(id: string, fence: number): Lease;
  /** @throws {Problem} lease-lost, verification-failed. */
  report(id: string, fence: number, report: WorkReport): Promise<LeaseAnswer>;
  /** Resolves with true when the job's programs have ended and it is cancelled; false when no worker has it. */
  cancel(id: string): Promise<boolean>;
  /** Ends the leases of an instance of a worker that another one has replaced. */
  replaceInstance(claim: WorkClaim): void;
  /** Takes up the leases that were there when the API ended. The jobs of an older version start again. */
  recover(): void;
  /** Ids of the items that workers are making. */
  leasedMediaIds(): string[];
  /** Reports whether a claim is the current one of its job. */
  isCurrent(claim: { readonly id: string; readonly fence: number }): boolean;
  progressOf(id: string): Job['progress'] | undefined;
  /** Forgets all leases; the workers go on. */
  stop(): void;
}

export interface JobDispatcherOptions {
  readonly store: JobStore;
  readonly progress: JobProgress;
  readonly limits: WorkLimits;
  /** The egress proxy's URL for one claim, with its credentials. */
  readonly proxyUrlFor: (claimId: string) => Promise<string>;
  /** Is the folder of the library there? No job is given out otherwise. */
  readonly isMediaReady: () => boolean;
  /** A job waits again. */
  readonly onQueued: () => void;
  /** A worker left files behind. */
  readonly onAbandoned: (job: JobRecord) => void;
  readonly logger: Logger;
  readonly leaseMs?: number;
}

/** A job whose worker vanished runs again; after so many attempts it has failed. */
const MAX_ATTEMPTS = 3;

export function createJobDispatcher(options: JobDispatcherOptions): JobDispatcher {
  const { store, progress, logger } = options;
  const leases = new Map<string, Lease>();

  const end = (lease: Lease): void => {
    if (leases.get(lease.id) === lease) leases.delete(lease.id);
    lease.end();
  };

  /** What becomes of a job whose worker vanished, or has stopped it. */
  const releaseJob = (job: JobRecord, { isWanted, attempt }: { isWanted: boolean; attempt: number }): void => {
    if (progress.completedInLibrary(job)) return;
    if (!isWanted) progress.cancelled(job);
    else if (attempt < MAX_ATTEMPTS) progress.requeued(job, attempt);
    else progress.failed(job, new Problem('attempts-exhausted'));
    if (isWanted) options.onQueued();
  };

  const expire = (lease: Lease, reason: string): void => {
    const job = store.get(lease.id);
    if (job && !isEnded(job.state)) {
      logger.warn({ jobId: lease.id, worker: lease.worker, attempt: job.attempt, reason }, 'lease ended');
      releaseJob(job, { isWanted: lease.isWanted, attempt: job.attempt });
      options.onAbandoned(job);
    }
    end(lease);
  };

  const open = (job: JobRecord, { worker, instance }: Pick<WorkClaim, 'worker' | 'instance'>): void => {
    const { leaseMs } = options;
    const lease: Lease = createLease({
      id: job.id,
      fence: job.fence,
      worker,
      instance,
      onExpired: () => expire(lease, 'not renewed'),
      ...(leaseMs === undefined ? {} : { leaseMs }),
    });
    leases.set(job.id, lease);
  };

  const need = (id: string, fence: number): Lease => {
    const lease = leases.get(id);
    if (lease?.fence !== fence) throw new Problem('lease-lost');
    return lease;
  };

  const apply = async (lease: Lease, report: WorkReport): Promise<boolean> => {
    const job = store.get(lease.id);
    if (!job) throw new Problem('lease-lost');
    switch (report.type) {
      case 'resolved':
        if (progress.resolved(job, report.facts)) return lease.isWanted;
        end(lease);
        return false;
      case 'entered':
        progress.entered(job, report.state);
        return lease.isWanted;
      case 'progress':
        lease.progress = report.progress;
        progress.moved(job);
        return lease.isWanted;
      case 'playable':
        progress.playable(job, report.facts);
        return lease.isWanted;
      case 'ready':
        await progress.ready(job, report.facts);
        end(lease);
        return true;
      case 'failed':
        if (lease.isWanted) progress.failed(job, problemOf(report.problem));
        else progress.cancelled(job);
        end(lease);
        return true;
      case 'stopped':
        releaseJob(job, { isWanted: lease.isWanted, attempt: job.attempt - 1 });
        end(lease);
        return true;
      case 'probed':
        throw new Problem('lease-lost');
    }
  };

  return {
    async claim(claim) {
      if (!options.isMediaReady()) return undefined;
      const job = store.claim({ ...claim, mediaId: randomId(), now: Date.now() });
      if (!job) return undefined;
      open(job, claim);
      progress.moved(job);
      const { id, attempt, type, fence, url, mediaId, quality } = job;
      logger.info({ jobId: id, attempt, type, worker: claim.worker }, 'job started');
      const proxyUrl = await options.proxyUrlFor(`${id}.${fence}`);
      return { kind: 'job', id, fence, url, mediaId, type, quality, limits: options.limits, proxyUrl };
    },
    lease: need,
    async report(id, fence, report) {
      if (isRepeated(store.get(id), fence, report)) return { isWanted: true };
      return { isWanted: await apply(need(id, fence), report) };
    },
    async cancel(id) {
      const lease = leases.get(id);
      if (!lease) return false;
      lease.revoke();
      await lease.ended;
      return store.get(id)?.state === 'cancelled';
    },
    replaceInstance({ worker, instance }) {
      for (const lease of [...leases.values()])
        if (lease.worker === worker && lease.instance !== instance) expire(lease, 'worker restarted');
    },
    recover() {
      for (const job of store.leased()) {
        const { worker, instance } = job;
        if (worker !== null && instance !== null) open(job, { worker, instance });
        else releaseJob(job, { isWanted: true, attempt: job.attempt });
      }
    },
    leasedMediaIds: () => [...leases.keys()].flatMap((id) => store.get(id)?.mediaId ?? []),
    isCurrent: ({ id, fence }) => leases.get(id)?.fence === fence,
    progressOf: (id) => leases.get(id)?.progress ?? undefined,
    stop() {
      for (const lease of [...leases.values()]) end(lease);
    },
  };
}

/** The report that ended the work comes again when its answer was lost on the way. */
function isRepeated(job: JobRecord | undefined, fence: number, report: WorkReport): boolean {
  return job?.fence === fence && job.state === report.type;
}
