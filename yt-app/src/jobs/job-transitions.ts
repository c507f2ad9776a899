import type { JobState } from '@linkcast/contracts';

const STOPPED = ['queued', 'failed', 'cancelled'] as const satisfies JobState[];

/**
 * What may follow each state. A job that is resolved may be ready at once, when the library has its item already. A job that is
 * stopped goes back into the queue when its worker has ended.
 */
const NEXT: Readonly<Record<JobState, readonly JobState[]>> = {
  queued: ['resolving', 'cancelled'],
  resolving: ['downloading', 'ready', ...STOPPED],
  downloading: ['converting', 'verifying', ...STOPPED],
  converting: ['verifying', ...STOPPED],
  verifying: ['ready', ...STOPPED],
  ready: [],
  failed: ['queued'],
  cancelled: ['queued'],
};

/** Reports whether a job may go from one state to another. */
export function mayFollow(from: JobState, to: JobState): boolean {
  return NEXT[from].includes(to);
}

/** The states in which a worker has a lease on a job. */
export const LEASED_STATES = ['resolving', 'downloading', 'converting', 'verifying'] as const satisfies JobState[];
