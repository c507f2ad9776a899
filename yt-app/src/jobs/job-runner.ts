import type { Job, Progress } from '@linkcast/contracts';
import { isDiskFull } from '@linkcast/kit';
import { DISK_FULL_PAUSE_MS } from './disk-room.ts';
import { Interruption } from './interruption.ts';
import type { JobRecord } from './job-record.ts';
import { createJobRun, type JobRunOptions } from './job-run.ts';
import { jobView } from './job-view.ts';

export interface JobRunnerOptions extends JobRunOptions {
  /** How many jobs run at once. */
  readonly concurrency: number;
  /** Is the folder of the library there? No job starts otherwise; `wake` when it is back. */
  readonly isMediaReady: () => boolean;
}

/** Works through the queue, so many jobs at once. */
export interface JobRunner {
  /** Looks for work; called at start and after each submission. */
  wake(): void;
  /** Resolves with true when a running job's programs are gone and it is cancelled; false when it does not run. */
  cancel(id: string): Promise<boolean>;
  /** A job with its progress of this moment. */
  view(record: JobRecord): Job;
  /** Ends all programs and puts their jobs back into the queue, the attempt not counted. */
  stop(): Promise<void>;
}

interface ActiveJob {
  readonly abort: AbortController;
  readonly ended: Promise<void>;
  progress: Progress | undefined;
}

export function createJobRunner(options: JobRunnerOptions): JobRunner {
  const { store, media, events, logger } = options;
  const active = new Map<string, ActiveJob>();
  const stopping = new AbortController();

  const view = (record: JobRecord): Job =>
    jobView(record, active.get(record.id)?.progress, media.get(record.mediaId) !== undefined);
  const publish = (record: JobRecord): void => events.publish({ name: 'job', data: view(record) });
  const run = createJobRun(options, { publish, stopping: stopping.signal });

  const wake = (): void => {
    while (!stopping.signal.aborted && options.isMediaReady() && active.size < options.concurrency) {
      const job = claim();
      if (!job) return;
      start(job);
    }
  };

  const claim = (): JobRecord | undefined => {
    try {
      return store.claim(Date.now());
    } catch (error) {
      if (!isDiskFull(error)) throw error;
      logger.error({ err: error }, 'the disk is full: no job is started');
      setTimeout(wake, DISK_FULL_PAUSE_MS).unref();
      return undefined;
    }
  };

  const start = (job: JobRecord): void => {
    const started = Promise.withResolvers<undefined>();
    const entry: ActiveJob = {
      abort: new AbortController(),
      progress: undefined,
      ended: started.promise
        .then(() => run(job, { signal: entry.abort.signal, onProgress: (progress) => (entry.progress = progress) }))
        .finally(() => {
          active.delete(job.id);
          wake();
        }),
    };
    active.set(job.id, entry);
    started.resolve(undefined);
  };

  const interrupt = async (entry: ActiveJob, by: 'cancel' | 'shutdown'): Promise<void> => {
    entry.abort.abort(new Interruption(by));
    await entry.ended;
  };

  return {
    wake,
    view,
    async cancel(id) {
      const entry = active.get(id);
      if (!entry) return false;
      await interrupt(entry, 'cancel');
      return store.get(id)?.state === 'cancelled';
    },
    async stop() {
      stopping.abort();
      await Promise.all([...active.values()].map((entry) => interrupt(entry, 'shutdown')));
    },
  };
}
