import type { JobStore } from '../job-store.ts';

/** Gives a queued job priority among its person's jobs while somebody has its page open. */
export interface JobPriority {
  /** Runs a function during which a person waits for the job. */
  whileWaiting<Result>(jobId: string, run: () => Promise<Result>): Promise<Result>;
}

export function createJobPriority(store: Pick<JobStore, 'setPriority'>): JobPriority {
  const viewers = new Map<string, number>();
  let written: Promise<unknown> = Promise.resolve();

  const change = (jobId: string, by: 1 | -1): Promise<void> => {
    const count = (viewers.get(jobId) ?? 0) + by;
    if (count === 0) viewers.delete(jobId);
    else viewers.set(jobId, count);
    // One write after another, each of what holds by then: the last one is right.
    const writing = written.then(() => store.setPriority(jobId, viewers.has(jobId) ? 1 : 0));
    written = writing.catch(() => undefined); // the caller gets the failure
    return writing;
  };

  return {
    async whileWaiting(jobId, run) {
      try {
        await change(jobId, 1);
        return await run();
      } finally {
        await change(jobId, -1);
      }
    },
  };
}
