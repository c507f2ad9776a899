import {
  isEnded,
  Problem,
  type Job,
  type JobList,
  type JobQuery,
  type JobRequest,
  type Probe,
} from '@linkcast/contracts';
import type { Database } from '@linkcast/kit';
import { parseSourceUrl, sourceKey } from '../egress/source-url.ts';
import type { EventBus } from '../events/event-bus.ts';
import type { ItemStore } from '../library/items/item-store.ts';
import { randomId } from '../random-id.ts';
import { createIdempotencyStore } from './idempotency-store.ts';
import { createJobAdmission, type JobAdmission } from './job-admission.ts';
import { waitForEnd } from './job-end.ts';
import type { JobEvent } from './job-lifecycle.ts';
import type { JobPublisher } from './job-publisher.ts';
import type { JobStore, NewJob } from './job-store.ts';
import type { JobRecord } from './job-table.ts';
import { createProbeQueue } from './probe-queue.ts';

export interface SubmitOptions {
  /** As `callerId` names them. */
  readonly caller: string;
  readonly idempotencyKey?: string;
}

export interface ProbeOptions {
  /** As `callerId` names them. */
  readonly caller: string;
  readonly signal: AbortSignal;
}

/** Jobs as the HTTP API offers them. Every expected refusal is thrown as a Problem. */
export interface JobService {
  /**
   * Checks the link and stores the job; it is on the disk when this returns. The same key of the same caller, or the same
   * source and type, gives the job that exists.
   */
  submit(request: JobRequest, options: SubmitOptions): Job;
  get(id: string): Job | undefined;
  list(query: JobQuery): JobList;
  /** Resolves when the job's programs have ended. */
  cancel(id: string): Promise<Job>;
  retry(id: string): Job;
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
  readonly items: Pick<ItemStore, 'get'>;
  readonly publisher: JobPublisher;
  readonly queue: JobQueue;
  readonly database: Database;
  readonly probe: ProbeSource;
  readonly events: EventBus;
  /** `host:port` pairs that may be private. */
  readonly allowPrivate: readonly string[];
  /** Reports whether a worker could run a job: false when none has an accepted downloader. */
  readonly canDownload: () => boolean;
  /** Reports whether the media volume is present. */
  readonly isMediaReady: () => boolean;
}

type Wanted = Pick<NewJob, 'url' | 'sourceKey' | 'type' | 'quality'>;

export function createJobService(options: JobServiceOptions): JobService {
  const { store, publisher, queue, events } = options;
  const admission = createJobAdmission(options);
  const submission = createSubmission(options, admission);
  const probeQueue = createProbeQueue();

  const need = (id: string): JobRecord => {
    const record = store.get(id);
    if (!record) throw new Problem('not-found');
    return record;
  };
  /** @throws {Problem} `conflict` when the job's state does not allow the event. */
  const apply = (record: JobRecord, event: JobEvent): JobRecord => {
    const changed = store.apply(record, event);
    if (!changed) throw new Problem('conflict');
    return changed;
  };
  publishJobsOfDeletedItems(options);

  return {
    submit: (request, submitOptions) => submission.submit(request, submitOptions),
    get(id) {
      const record = store.get(id);
      return record && publisher.view(record);
    },
    list(query) {
      const { jobs, nextCursor } = store.list(query);
      return { jobs: jobs.map((job) => publisher.view(job)), nextCursor };
    },
    async cancel(id) {
      const record = need(id);
      if (isEnded(record.state)) throw new Problem('conflict');
      if (record.state === 'queued')
        return publisher.publish(apply(record, { type: 'cancelled', finishedAt: Date.now() }));
      if (!(await queue.cancel(id))) throw new Problem('conflict');
      return publisher.view(need(id));
    },
    retry(id) {
      const record = need(id);
      if (record.state !== 'failed' && record.state !== 'cancelled') throw new Problem('conflict');
      admission.require();
      return submission.enqueue(apply(record, { type: 'retried', mediaId: randomId() }));
    },
    waitUntilEnded: (id, signal) => waitForEnd(id, signal, { events, current: () => publisher.view(need(id)) }),
    async probe(url, { caller, signal }) {
      const { href } = parseSourceUrl(url, options.allowPrivate);
      return probeQueue.run(caller, signal, () => options.probe(href, signal));
    },
  };
}

interface Submission {
  submit(request: JobRequest, options: SubmitOptions): Job;
  /** Publishes a queued job and announces it to the workers. */
  enqueue(record: JobRecord): Job;
}

function createSubmission(options: JobServiceOptions, admission: JobAdmission): Submission {
  const { store, items, publisher, queue, database, allowPrivate } = options;
  const idempotencyKeys = createIdempotencyStore(database);

  const enqueue = (record: JobRecord): Job => {
    const job = publisher.publish(record);
    queue.wake();
    return job;
  };
  /** A job for the same source, unless its item was deleted since. */
  const findSame = (wanted: Wanted): JobRecord | undefined => {
    const same = store.findSame(wanted);
    return same?.state === 'ready' && !items.get(same.mediaId) ? undefined : same;
  };
  const findOrEnqueue = (wanted: Wanted): Job => {
    const same = findSame(wanted);
    if (same) return publisher.view(same);
    admission.require();
    return enqueue(store.insert({ ...wanted, id: randomId(), mediaId: randomId(), createdAt: Date.now() }));
  };

  return {
    enqueue,
    submit({ url, type, quality = 'best' }, { caller, idempotencyKey: key }) {
      const source = parseSourceUrl(url, allowPrivate);
      const wanted = { type, quality, url: source.href, sourceKey: sourceKey(source) };
      if (key === undefined) return findOrEnqueue(wanted);
      const known = store.get(idempotencyKeys.find({ caller, key }, wanted) ?? '');
      if (known) return publisher.view(known);
      const job = findOrEnqueue(wanted);
      idempotencyKeys.remember({ caller, key }, wanted, job.id); // lost in a crash: the same source finds the same job
      return job;
    },
  };
}

/** The jobs of a deleted item are no longer playable: publishes them, so that their followers learn it. */
function publishJobsOfDeletedItems({ store, publisher, events }: JobServiceOptions): void {
  events.subscribe(({ event }) => {
    if (event.name !== 'media-deleted') return;
    for (const job of store.findByMedia(event.data.id)) publisher.publish(job);
  });
}
