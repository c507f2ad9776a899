/** Runs the changes of one job one after another, those of different jobs at the same time. */
export interface JobChanges {
  /** Runs the change when the earlier ones of the job have ended, whether they succeeded or not. */
  run<Result>(jobId: string, change: () => Promise<Result>): Promise<Result>;
}

export function createJobChanges(): JobChanges {
  const last = new Map<string, Promise<unknown>>();

  return {
    run(jobId, change) {
      const before = last.get(jobId) ?? Promise.resolve();
      const result = before.then(change);
      const ended = result.catch(() => undefined); // the caller gets the failure
      last.set(jobId, ended);
      void ended.then(() => {
        if (last.get(jobId) === ended) last.delete(jobId);
      });
      return result;
    },
  };
}
