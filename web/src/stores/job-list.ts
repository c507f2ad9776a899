import { isEnded, type Job } from '@linkcast/contracts';

export interface JobGroups {
  readonly active: readonly Job[];
  readonly waiting: readonly Job[];
  /** Failed or cancelled: may be retried. */
  readonly failed: readonly Job[];
  readonly finished: readonly Job[];
}

/** Sorts the jobs, newest first. */
export function newestFirst(jobs: ReadonlyMap<string, Job>): readonly Job[] {
  return [...jobs.values()].sort((a, b) => b.createdAt.localeCompare(a.createdAt));
}

/** Groups the jobs by state. Waiting jobs are in the order of their submission, the others newest first. */
export function groupJobs(jobs: readonly Job[]): JobGroups {
  return {
    active: jobs.filter(({ state }) => state !== 'queued' && !isEnded(state)),
    waiting: jobs.filter(({ state }) => state === 'queued').reverse(),
    failed: jobs.filter(({ state }) => state === 'failed' || state === 'cancelled'),
    finished: jobs.filter(({ state }) => state === 'ready'),
  };
}

/**
 * Merges a page of jobs into the jobs. A page may be older than the events received meanwhile: an ended job stays
 * ended unless the page has a later attempt.
 */
export function withJobPage(jobs: ReadonlyMap<string, Job>, page: readonly Job[]): ReadonlyMap<string, Job> {
  const merged = new Map(jobs);
  for (const job of page) {
    const current = merged.get(job.id);
    const isStale = current && isEnded(current.state) && !isEnded(job.state) && job.attempt <= current.attempt;
    if (!isStale) merged.set(job.id, job);
  }
  return merged;
}
