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
import type { IssueUpdateTicket } from '../egress/update-tickets.ts';
import type { DecodeDispatcher } from './decode/decode-dispatcher.ts';
import type { DeliveryDispatcher } from './delivery/delivery-dispatcher.ts';
import type { JobDispatcher } from './job-dispatcher.ts';
import type { JobReports } from './reports/job-reports.ts';
import type { Lease } from './leases/lease.ts';
import type { Leases } from './leases/leases.ts';
import type { ProbeDispatcher } from './probe-dispatcher.ts';
import type { WaitingClaims } from './waiting-claims.ts';
import type { WorkerRegistry } from './worker-registry.ts';

/** The API for workers. */
export interface WorkService {
  /** Waits until there is work of the kind, within the limit of the contract; a decode is given out at once or not. */
  claim(claim: WorkClaim, signal: AbortSignal): Promise<ClaimAnswer>;
  /** Waits, and answers at once when the work is cancelled. @throws {Problem} lease-lost. */
  renew(id: string, fence: number, signal: AbortSignal): Promise<LeaseAnswer>;
  /** @throws {Problem} lease-lost, verification-failed, storage-full. */
  report(id: string, request: ReportRequest): Promise<LeaseAnswer>;
  /** @throws {Problem} too-many-requests. */
  readonly issueUpdateTicket: IssueUpdateTicket;
}

export interface WorkServiceOptions {
  readonly jobs: JobDispatcher;
  readonly leases: Leases;
  readonly reports: JobReports;
  readonly probes: ProbeDispatcher;
  readonly decodes: DecodeDispatcher;
  readonly deliveries: DeliveryDispatcher;
  readonly waiting: WaitingClaims;
  readonly workers: WorkerRegistry;
  readonly issueUpdateTicket: IssueUpdateTicket;
  readonly logger: Logger;
}

/** Time after which a full disk is tried again, and after which a worker without a downloader claims again. */
const RETRY_MS = 5000;

export function createWorkService(options: WorkServiceOptions): WorkService {
  const { jobs, leases, reports, probes, decodes, deliveries, waiting, workers, issueUpdateTicket } = options;
  const leaseOf = (id: string, fence: number): Lease => {
    const own = [probes, decodes, deliveries].find((each) => each.has(id));
    return own ? own.lease(id, fence) : leases.require(id, fence);
  };

  return {
    issueUpdateTicket,
    async claim(claim, signal) {
      workers.note(claim);
      await Promise.all([jobs.replaceInstance(claim), deliveries.replaceInstance(claim)]);
      if (claim.kind === 'decode') return { work: (await decodes.claim(claim)) ?? null };
      const work = await takeInTime(claim, signal, options);
      if (work?.kind === 'job') decodes.interrupt();
      if (work) waiting.wake(claim.kind); // this claim may have been woken for another piece of work
      return { work: work ?? null };
    },
    async renew(id, fence, signal) {
      const lease = leaseOf(id, fence);
      await lease.renew(RENEWAL_WAIT_SECONDS * 1000, signal);
      leaseOf(id, fence); // it may have ended meanwhile
      return { isWanted: lease.isWanted, ...(lease.isEnough ? { isEnough: true } : {}) };
    },
    async report(id, { fence, report }) {
      const own = [probes, decodes, deliveries].find((each) => each.has(id));
      return own ? own.report(id, fence, report) : reports.take(id, fence, report);
    },
  };
}

/** Takes work that is queued, or that is queued within the limit; retries a full disk within it. */
async function takeInTime(
  claim: WorkClaim,
  signal: AbortSignal,
  options: WorkServiceOptions,
): Promise<Work | undefined> {
  const waitMs = claim.downloader === null && claim.kind !== 'delivery' ? RETRY_MS : CLAIM_WAIT_SECONDS * 1000;
  const endsAt = performance.now() + waitMs;
  for (;;) {
    if (signal.aborted) return undefined; // the worker has disconnected
    const waiter = options.waiting.join(claim.kind);
    try {
      const work = await takeUnlessFull(claim, options);
      const leftMs = endsAt - performance.now();
      if (work || leftMs <= 0) return work;
      await pause(Math.min(leftMs, RETRY_MS), AbortSignal.any([signal, waiter.woken]));
    } finally {
      waiter.leave();
    }
  }
}

/** Takes queued work. A claim is written: while the disk is full, no job starts. */
async function takeUnlessFull(
  claim: WorkClaim,
  { jobs, probes, deliveries, logger }: WorkServiceOptions,
): Promise<Work | undefined> {
  if (claim.downloader === null && claim.kind !== 'delivery') return undefined;
  try {
    if (claim.kind === 'delivery') return await deliveries.claim(claim);
    return await (claim.kind === 'probe' ? probes.claim(claim) : jobs.claim(claim));
  } catch (error) {
    if (!isDiskFull(error)) throw error;
    logger.error({ err: error }, 'disk full: no job starts');
    return undefined;
  }
}
