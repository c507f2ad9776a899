import { isEnded, type Job } from '@linkcast/contracts';

export interface JobGroups {
  readonly active: readonly Job[];
  readonly waiting: readonly Job[];
  /** Failed or cancelled: may be tried again. */
  readonly failed: readonly Job[];
  readonly finished: readonly Job[];
}

/** The jobs, newest first. */
export function newestFirst(jobs: ReadonlyMap<string, Job>): readonly Job[] {
  return [...jobs.values()].sort((a, b) => b.createdAt.localeCompare(a.createdAt));
}

/** The jobs by what a person would do with them. Waiting ones stand in the order of their turn. */
export function groupJobs(jobs: readonly Job[]): JobGroups {
  return {
    active: jobs.filter(({ state }) => state !== 'queued' && !isEnded(state)),
    waiting: jobs.filter(({ state }) => state === 'queued').reverse(),
    failed: jobs.filter(({ state }) => state === 'failed' || state === 'cancelled'),
    finished: jobs.filter(({ state }) => state === 'ready'),
  };
}

/**
 * The jobs and a page of them. An answer may be older than the events that overtook it: a job that has ended stays
 * ended, unless the page knows of a later attempt.
 */
export function withJobPage(jobs: ReadonlyMap<string, Job>, page: readonly Job[]): ReadonlyMap<string, Job> {
  const merged = new Map(jobs);
  for (const job of page) {
    const known = merged.get(job.id);
    const stale = known && isEnded(known.state) && !isEnded(job.state) && job.attempt <= known.attempt;
    if (!stale) merged.set(job.id, job);
  }
  return merged;
}
