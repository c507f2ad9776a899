import {
  isEnded,
  Problem,
  type Job,
  type JobList,
  type JobQuery,
  type JobRequest,
  type Probe,
  type Viewer,
  type Visibility,
} from '@linkcast/contracts';
import type { AppDatabase } from '../database/app-database.ts';
import { parseSourceUrl } from '../egress/source-url.ts';
import type { EventFeed } from '../events/event-feed.ts';
import { randomId } from '../random-id.ts';
import { createJobAdmission } from './job-admission.ts';
import { waitForEnd } from './job-end.ts';
import type { JobEvent } from './job-lifecycle.ts';
import type { JobLimits } from './job-limits.ts';
import type { JobPublisher } from './job-publisher.ts';
import type { JobStore } from './job-store.ts';
import { createJobSubmission, type SubmitOptions } from './job-submission.ts';
import type { JobRecord } from './job-table.ts';
import { createJobViewers } from './job-viewers.ts';
import { createProbeQueue } from './probe-queue.ts';

export interface ProbeOptions {
  /** As `callerId` names them. */
  readonly caller: string;
  readonly signal: AbortSignal;
}

/** Jobs as the HTTP API offers them. Every expected refusal rejects with a Problem. */
export interface JobService {
  /**
   * Checks the link and stores the job; it is on the disk when this resolves. The same key of the same caller, or the same
   * source and type, gives the job that exists.
   */
  submit(request: JobRequest, options: SubmitOptions): Promise<Job>;
  get(id: string): Promise<Job | undefined>;
  /** The jobs that a viewer sees, newest first. */
  list(query: JobQuery, viewer: Viewer): Promise<JobList>;
  /** Resolves when the job's programs have ended. */
  cancel(id: string): Promise<Job>;
  /** @param personId who retries it, for their limits; null: nobody. */
  retry(id: string, personId: string | null): Promise<Job>;
  /** Runs a function during which a person has the page of the job open: while it is queued, it has priority among its person's jobs. */
  whileWaiting<Result>(id: string, run: () => Promise<Result>): Promise<Result>;
  /** Resolves with the job in a final state; rejects with the signal's reason, and the job continues. */
  waitUntilEnded(id: string, signal: AbortSignal): Promise<Job>;
  /** Describes what a link offers, without downloading it. Waits for its turn; see `probe-queue.ts`. */
  probe(url: string, options: ProbeOptions): Promise<Probe>;
}

/** The queue, as the workers' side runs it. */
export interface JobQueue {
  /** Announces a queued job to the workers. */
  wake(): void;
  /** Resolves with true when the job's programs have ended and it is cancelled; false when no worker has it. */
  cancel(id: string): Promise<boolean>;
}

/** Resolves a link. Rejects with a problem, or with the signal's reason. */
export type ProbeSource = (url: string, signal: AbortSignal) => Promise<Probe>;

export interface JobServiceOptions {
  readonly store: JobStore;
  readonly publisher: JobPublisher;
  readonly queue: JobQueue;
  readonly database: AppDatabase;
  readonly limits: Pick<JobLimits, 'require'>;
  readonly probe: ProbeSource;
  readonly feed: EventFeed;
  /** `host:port` pairs that may be private. */
  readonly allowPrivate: readonly string[];
  /** The visibility of a person's job whose request has none. */
  readonly defaultVisibility: Visibility;
  /** Reports whether a worker could run a job: false when none has an accepted downloader. */
  readonly canDownload: () => boolean;
  /** Reports whether the media volume is present. */
  readonly isMediaPresent: () => boolean;
}

export function createJobService(options: JobServiceOptions): JobService {
  const { store, publisher, queue, database, limits, feed } = options;
  const admission = createJobAdmission(options);
  const submission = createJobSubmission(options, admission);
  const probeQueue = createProbeQueue();
  const viewers = createJobViewers(store);

  const need = async (id: string): Promise<JobRecord> => {
    const record = await store.get(id);
    if (!record) throw new Problem('not-found');
    return record;
  };
  /** Rejects with the problem `conflict` when the job's state does not allow the event. */
  const apply = async (record: JobRecord, event: JobEvent): Promise<JobRecord> => {
    const changed = await store.apply(record, event);
    if (!changed) throw new Problem('conflict');
    return changed;
  };

  return {
    submit: (request, submitOptions) => submission.submit(request, submitOptions),
    async get(id) {
      const record = await store.get(id);
      return record && publisher.view(record);
    },
    async list(query, viewer) {
      const { jobs, nextCursor } = await store.list(query, viewer);
      return { jobs: jobs.map((job) => publisher.view(job)), nextCursor };
    },
    async cancel(id) {
      const record = await need(id);
      if (isEnded(record.state)) throw new Problem('conflict');
      if (record.state === 'queued') {
        const cancelled = await store.apply(record, { type: 'cancelled', finishedAt: Date.now() });
        if (cancelled) return publisher.view(cancelled); // else a worker has claimed it meanwhile
      }
      if (!(await queue.cancel(id))) throw new Problem('conflict');
      return publisher.view(await need(id));
    },
    async retry(id, personId) {
      const retried = await database.transaction(async () => {
        const record = await need(id);
        if (record.state !== 'failed' && record.state !== 'cancelled') throw new Problem('conflict');
        await admission.require();
        await limits.require(personId, id);
        return apply(record, { type: 'retried', mediaId: randomId(), submittedAt: Date.now() });
      });
      return submission.enqueue(retried);
    },
    whileWaiting: (id, run) => viewers.whileWaiting(id, run),
    waitUntilEnded: (id, signal) =>
      waitForEnd(id, signal, { feed, current: async () => publisher.view(await need(id)) }),
    async probe(url, { caller, signal }) {
      const { href } = parseSourceUrl(url, options.allowPrivate);
      return probeQueue.run(caller, signal, () => options.probe(href, signal));
    },
  };
}
