import {
  CLAIM_WAIT_SECONDS,
  RENEWAL_WAIT_SECONDS,
  type ClaimAnswer,
  type LeaseAnswer,
  type ReportRequest,
  type Work,
  type WorkClaim,
} from '@linkcast/contracts';
import { isDiskFull, pause, type Logger } from '@linkcast/kit';
import type { JobDispatcher } from './job-dispatcher.ts';
import type { ProbeDispatcher } from './probe-dispatcher.ts';
import type { WaitingClaims } from './waiting-claims.ts';
import type { WorkerRegistry } from './worker-registry.ts';

/** What workers request. */
export interface WorkService {
  /** Waits until there is work of the kind, within the limit of the contract. */
  claim(claim: WorkClaim, signal: AbortSignal): Promise<ClaimAnswer>;
  /** Waits, and answers at once when the work is not wanted any more. @throws {Problem} lease-lost. */
  renew(id: string, fence: number, signal: AbortSignal): Promise<LeaseAnswer>;
  /** @throws {Problem} lease-lost, verification-failed, storage-full. */
  report(id: string, request: ReportRequest): Promise<LeaseAnswer>;
}

export interface WorkServiceOptions {
  readonly jobs: JobDispatcher;
  readonly probes: ProbeDispatcher;
  readonly waiting: WaitingClaims;
  readonly workers: WorkerRegistry;
  readonly logger: Logger;
}

/** A full disk may have room again after this long, and a worker a downloader. */
const RETRY_MS = 5000;

export function createWorkService({ jobs, probes, waiting, workers, logger }: WorkServiceOptions): WorkService {
  const take = (claim: WorkClaim): Promise<Work | undefined> => {
    if (claim.downloader === null) return Promise.resolve(undefined);
    return claim.kind === 'probe' ? probes.claim(claim) : jobs.claim(claim);
  };

  /** A claim is written; while the disk is full, no job starts. */
  const takeWhenThereIsRoom = async (claim: WorkClaim): Promise<Work | undefined> => {
    try {
      return await take(claim);
    } catch (error) {
      if (!isDiskFull(error)) throw error;
      logger.error({ err: error }, 'disk full: no job starts');
      return undefined;
    }
  };

  /** Takes what is there, or what comes within the limit; a full disk is tried again within it. */
  const takeInTime = async (claim: WorkClaim, signal: AbortSignal): Promise<Work | undefined> => {
    const waitMs = claim.downloader === null ? RETRY_MS : CLAIM_WAIT_SECONDS * 1000;
    const endsAt = performance.now() + waitMs;
    for (;;) {
      if (signal.aborted) return undefined; // nobody is there to take it
      const waiter = waiting.join(claim.kind);
      try {
        const work = await takeWhenThereIsRoom(claim);
        const leftMs = endsAt - performance.now();
        if (work || leftMs <= 0) return work;
        await pause(Math.min(leftMs, RETRY_MS), AbortSignal.any([signal, waiter.woken]));
      } finally {
        waiter.leave();
      }
    }
  };

  const leaseOf = (id: string, fence: number) => (probes.has(id) ? probes : jobs).lease(id, fence);

  return {
    async claim(claim, signal) {
      workers.note(claim);
      jobs.replaceInstance(claim);
      const work = await takeInTime(claim, signal);
      if (work) waiting.wake(claim.kind); // it may have been woken for another one
      return { work: work ?? null };
    },
    async renew(id, fence, signal) {
      const lease = leaseOf(id, fence);
      await lease.renew(RENEWAL_WAIT_SECONDS * 1000, signal);
      leaseOf(id, fence); // it may have ended meanwhile
      return { isWanted: lease.isWanted };
    },
    report: (id, { fence, report }) =>
      probes.has(id) ? Promise.resolve(probes.report(id, fence, report)) : jobs.report(id, fence, report),
  };
}
