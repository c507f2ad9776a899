import { Problem, type Progress } from '@linkcast/contracts';
import { createLease, type Lease, type LeaseOptions } from './lease.ts';

/** The leases of the jobs that workers have now, in memory. */
export interface Leases {
  open(options: LeaseOptions): Lease;
  get(jobId: string): Lease | undefined;
  /** @throws {Problem} lease-lost when the fence is not that of the job's lease. */
  require(jobId: string, fence: number): Lease;
  end(lease: Lease): void;
  all(): Lease[];
  /** The progress that the job's worker reported last. */
  progressOf(jobId: string): Progress | undefined;
}

export function createLeases(): Leases {
  const leases = new Map<string, Lease>();

  return {
    open(options) {
      const lease = createLease(options);
      leases.set(lease.id, lease);
      return lease;
    },
    get: (jobId) => leases.get(jobId),
    require(jobId, fence) {
      const lease = leases.get(jobId);
      if (lease?.fence !== fence) throw new Problem('lease-lost');
      return lease;
    },
    end(lease) {
      if (leases.get(lease.id) === lease) leases.delete(lease.id);
      lease.end();
    },
    all: () => [...leases.values()],
    progressOf: (jobId) => leases.get(jobId)?.progress ?? undefined,
  };
}
