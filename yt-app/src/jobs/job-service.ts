import {
  Problem,
  type Job,
  type JobList,
  type JobQuery,
  type JobRequest,
  type Viewer,
  type Visibility,
} from '@linkcast/contracts';
import type { AppDatabase } from '../database/app-database.ts';
import { isSourceUrl } from '../egress/source-url.ts';
import type { EventFeed } from '../events/event-feed.ts';
import { createGroupActions } from './groups/group-actions.ts';
import { submitGroup, type GroupRequest } from './groups/group-submission.ts';
import { createJobActions } from './job-actions.ts';
import { listJobs } from './job-list.ts';
import { createJobAdmission } from './submission/job-admission.ts';
import { waitForOutcome } from './job-outcome.ts';
import type { JobLimits } from './submission/job-limits.ts';
import type { JobPublisher } from './job-publisher.ts';
import type { JobStore } from './job-store.ts';
import type { JobRecord } from './job-table.ts';
import { createJobSubmission, type SubmitOptions } from './submission/job-submission.ts';
import { createItemJobs, type ItemJobs, type ItemJobsOptions } from './submission/item-submission.ts';
import { createOwnFileJobs, type OwnFileJobs } from './submission/own-file-submission.ts';
import { createLinkReads, type LinkReads, type LinkReadsOptions, type ProbeOptions } from './submission/link-reads.ts';
import { submitPlaylist, type PlaylistRequest } from './submission/playlist-submission.ts';
import { createJobPriority } from './claims/job-priority.ts';

/** Jobs as the HTTP API offers them. Every expected refusal rejects with a Problem. */
export interface JobService extends LinkReads, OwnFileJobs, ItemJobs {
  /**
   * Checks the link and stores the job; it is on the disk when this resolves. The same key of the same caller, or the same
   * source and type, gives the job that exists.
   */
  submit(request: JobRequest, options: SubmitOptions): Promise<Job>;
  /** Submits a link that may be a list: it is read first; see `playlist-submission.ts`. */
  submitPlaylist(request: PlaylistRequest, signal: AbortSignal): Promise<Job>;
  /** Stores a parent job with its children; see `group-submission.ts`. */
  submitGroup(request: GroupRequest): Promise<Job>;
  get(id: string): Promise<Job | undefined>;
  /** The jobs that a viewer sees; see `job-list.ts`. */
  list(query: JobQuery, viewer: Viewer): Promise<JobList>;
  /** Resolves when the job's programs, or those of its children, have ended. */
  cancel(id: string): Promise<Job>;
  /** Ends the recording of a job whose source is live; what was recorded becomes its item. Rejects with `conflict` for any other. */
  stop(id: string): Promise<Job>;
  /**
   * Queues a failed or cancelled job again, or ends the wait of a queued one for its next try; of a parent, its failed and cancelled
   * children.
   *
   * @param personId who retries it, for their limits; null: nobody.
   */
  retry(id: string, personId: string | null): Promise<Job>;
  /** Runs a function during which a person has the page of the job open: while it is queued, it has priority among its person's jobs. */
  whileWaiting<Result>(id: string, run: () => Promise<Result>): Promise<Result>;
  /**
   * Resolves with the job when it has ended, or has failed and waits for another try; rejects with the signal's reason, and the job
   * continues.
   */
  waitForOutcome(id: string, signal: AbortSignal): Promise<Job>;
}

/** The queue, as the workers' side runs it. */
export interface JobQueue {
  /** Announces a queued job to the workers. */
  wake(): void;
  /** Resolves with true when the job's programs have ended and it is cancelled; false when no worker has it. */
  cancel(id: string): Promise<boolean>;
  /** Cancels a queued job. Resolves with false when it is not queued any more. */
  cancelQueued(job: JobRecord): Promise<boolean>;
  /** Makes the worker of a job end its recording. */
  finish(id: string): void;
}

export interface JobServiceOptions extends LinkReadsOptions, Pick<ItemJobsOptions, 'items'> {
  readonly store: JobStore;
  readonly publisher: JobPublisher;
  readonly queue: JobQueue;
  readonly database: AppDatabase;
  readonly limits: Pick<JobLimits, 'require'>;
  readonly feed: EventFeed;
  /** The visibility of a person's job whose request has none. */
  readonly defaultVisibility: Visibility;
  /** Reports whether a worker could run a job: false when none has an accepted downloader. */
  readonly canDownload: () => boolean;
  /** Reports whether the media volume is present. */
  readonly isMediaPresent: () => boolean;
  /** Reports whether the disk of the database has room. Default: it has. */
  readonly hasRoom?: () => Promise<boolean>;
}

/** The caller who asks for a link, and the person for whom it is. */
function callerOf({ caller, personId = null }: SubmitOptions): Pick<ProbeOptions, 'caller' | 'personId'> {
  return { caller, personId };
}

export function createJobService(options: JobServiceOptions): JobService {
  const { store, publisher, queue, database, limits, feed } = options;
  const admission = createJobAdmission(options);
  const submission = createJobSubmission(options, admission);
  const actions = createJobActions({ store, queue, admission, limits });
  const groups = createGroupActions({ store, database, actions });
  const reads = createLinkReads(options);
  const priority = createJobPriority(store);

  const get: JobService['get'] = async (id) => {
    const record = await store.get(id);
    if (record) return publisher.view(record);
    const group = await store.groups.get(id);
    return group && publisher.viewGroup(group);
  };
  const need = async <Found>(found: Promise<Found | undefined>): Promise<Found> => {
    const job = await found;
    if (job === undefined) throw new Problem('not-found');
    return job;
  };

  const submitAll: JobService['submitGroup'] = (request) =>
    submitGroup(request, { ...options, groups: store.groups, admission });

  return {
    submit: (request, submitOptions) => submission.submit(request, submitOptions),
    submitPlaylist: (request, signal) =>
      submitPlaylist(request, {
        admission,
        probe: (url) => reads.probe(url, { ...callerOf(request.options), signal }),
        submitOne: (one, submitOptions) => submission.submit(one, submitOptions),
        submitAll,
        isAllowed: (url) => isSourceUrl(url, options.allowPrivate),
        defaultVisibility: options.defaultVisibility,
      }),
    submitGroup: submitAll,
    ...createItemJobs({ ...options, submission }),
    ...createOwnFileJobs({ ...options, enqueue: (record) => submission.enqueue(record) }),
    get,
    list: (query, viewer) => listJobs(query, viewer, options),
    async cancel(id) {
      const group = await store.groups.get(id);
      return group ? publisher.viewGroup(await groups.cancel(group)) : publisher.view(await actions.cancel(id));
    },
    stop: async (id) => publisher.view(await actions.stop(id)),
    async retry(id, personId) {
      const group = await store.groups.get(id);
      const retried = group
        ? publisher.viewGroup(await groups.retry(group, personId))
        : publisher.view(await database.transaction(async () => actions.retry(await need(store.get(id)), personId)));
      queue.wake();
      return retried;
    },
    whileWaiting: (id, run) => priority.whileWaiting(id, run),
    waitForOutcome: (id, signal) => waitForOutcome(id, signal, { feed, current: () => need(get(id)) }),
    ...reads,
  };
}
