import {
  isEnded,
  Problem,
  type Job,
  type JobList,
  type JobQuery,
  type JobRequest,
  type Probe,
} from '@linkcast/contracts';
import type { EventBus } from '../events/event-bus.ts';
import type { ItemStore } from '../library/items/item-store.ts';
import { parseSourceUrl, sourceKey } from '../egress/source-url.ts';
import type { JobRecord } from './job-record.ts';
import type { IdempotencyStore } from './idempotency-store.ts';
import type { JobStore, NewJob } from './job-store.ts';
import type { ProbeQueue } from './probe-queue.ts';
import { randomId } from '../random-id.ts';

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

/** What the HTTP side asks of the jobs side. Every expected refusal is thrown as a Problem. */
export interface JobService {
  /**
   * Judges the link, then stores the job; it is on the disk when this returns. The same key of the same caller, or the
   * same source and type, gives the job that exists.
   */
  submit(request: JobRequest, options: SubmitOptions): Job;
  get(id: string): Job | undefined;
  list(query: JobQuery): JobList;
  /** Resolves when the job's programs are gone. */
  cancel(id: string): Promise<Job>;
  retry(id: string): Job;
  /** Resolves with the job in an end state; rejects with the signal's reason, and the job goes on. */
  waitUntilEnded(id: string, signal: AbortSignal): Promise<Job>;
  /** What a link offers, without downloading it. Waits for its turn; see `probe-queue.ts`. */
  probe(url: string, options: ProbeOptions): Promise<Probe>;
}

/** What works through the queue. */
export interface JobQueue {
  /** A job waits. */
  wake(): void;
  /** Resolves with true when the job's programs have ended and it is cancelled; false when no worker has it. */
  cancel(id: string): Promise<boolean>;
  /** A job with its progress of this moment. */
  view(record: JobRecord): Job;
}

/** Resolves a link. Rejects with a problem, or with the signal's reason. */
export type ProbeSource = (url: string, signal: AbortSignal) => Promise<Probe>;

export interface JobServiceOptions {
  readonly store: JobStore;
  readonly media: ItemStore;
  readonly queue: JobQueue;
  readonly idempotencyKeys: IdempotencyStore;
  readonly probe: ProbeSource;
  readonly probeQueue: ProbeQueue;
  readonly events: EventBus;
  /** `host:port` pairs that may be private. */
  readonly allowPrivate: readonly string[];
  /** Reports whether a job has a chance: false when no worker has a downloader that may be run. */
  readonly canDownload: () => boolean;
  /** Is the folder of the library there? */
  readonly isMediaReady: () => boolean;
}

/** How often the folder of the library is looked for, roughly. */
const MEDIA_MISSING_SECONDS = 10;
const MAX_WAITING = 1000;
/** A place in the queue is free when the next job starts: at the pace of the last ones, within these bounds. */
const FULL_SECONDS = { least: 5, most: 600, unknown: 60 } as const;

export function createJobService(options: JobServiceOptions): JobService {
  const { store, media, queue, events, idempotencyKeys } = options;

  const need = (id: string): JobRecord => {
    const record = store.get(id);
    if (!record) throw new Problem('not-found');
    return record;
  };
  /** A job for the same, unless its item was deleted since. */
  const findSame = (wanted: Parameters<JobStore['findSame']>[0]): JobRecord | undefined => {
    const same = store.findSame(wanted);
    return same?.state === 'ready' && !media.get(same.mediaId) ? undefined : same;
  };
  /** @throws {Problem} why no new work is taken. */
  const requireReady = (): void => {
    if (!options.isMediaReady()) throw new Problem('media-missing', { retryAfterSeconds: MEDIA_MISSING_SECONDS });
    if (!options.canDownload()) throw new Problem('downloader-unavailable');
    if ((store.counts().queued ?? 0) < MAX_WAITING) return;
    const pace = store.secondsBetweenStarts() ?? FULL_SECONDS.unknown;
    const retryAfterSeconds = Math.min(FULL_SECONDS.most, Math.max(FULL_SECONDS.least, pace));
    throw new Problem('queue-full', { retryAfterSeconds });
  };
  const findOrEnqueue = (wanted: Pick<NewJob, 'url' | 'sourceKey' | 'type' | 'quality'>): Job => {
    const same = findSame(wanted);
    if (same) return queue.view(same);
    requireReady();
    return enqueue(store.insert({ ...wanted, id: randomId(), mediaId: randomId(), createdAt: Date.now() }));
  };
  const enqueue = (record: JobRecord): Job => {
    const job = queue.view(record);
    events.publish({ name: 'job', data: job });
    queue.wake();
    return queue.view(need(record.id));
  };

  // Its jobs lead nowhere any more, and whoever follows them should know.
  events.subscribe(({ event }) => {
    if (event.name !== 'media-deleted') return;
    for (const job of store.findByMedia(event.data.id)) events.publish({ name: 'job', data: queue.view(job) });
  });

  return {
    submit({ url, type, quality = 'best' }, { caller, idempotencyKey: key }) {
      const source = parseSourceUrl(url, options.allowPrivate);
      const wanted = { type, quality, url: source.href, sourceKey: sourceKey(source) };
      if (key === undefined) return findOrEnqueue(wanted);
      const knownId = idempotencyKeys.find({ caller, key }, wanted);
      if (knownId !== undefined) return queue.view(need(knownId));
      const job = findOrEnqueue(wanted);
      idempotencyKeys.remember({ caller, key }, wanted, job.id); // lost in a crash: the same source finds the same job
      return job;
    },
    get(id) {
      const record = store.get(id);
      return record && queue.view(record);
    },
    list(query) {
      const { jobs, nextCursor } = store.list(query);
      return { jobs: jobs.map((job) => queue.view(job)), nextCursor };
    },
    async cancel(id) {
      const record = need(id);
      if (isEnded(record.state)) throw new Problem('conflict');
      if (record.state !== 'queued') {
        if (!(await queue.cancel(id))) throw new Problem('conflict');
        return queue.view(need(id));
      }
      const job = queue.view(store.change(id, { state: 'cancelled', finishedAt: Date.now() }));
      events.publish({ name: 'job', data: job });
      return job;
    },
    retry(id) {
      const record = need(id);
      if (record.state !== 'failed' && record.state !== 'cancelled') throw new Problem('conflict');
      requireReady();
      return enqueue(
        store.change(id, {
          state: 'queued',
          attempt: 0,
          problem: null,
          startedAt: null,
          finishedAt: null,
          bytes: 0,
          mediaId: randomId(),
        }),
      );
    },
    waitUntilEnded: (id, signal) => waitForEnd(id, signal, { events, current: () => queue.view(need(id)) }),
    async probe(url, { caller, signal }) {
      const { href } = parseSourceUrl(url, options.allowPrivate);
      return options.probeQueue.run(caller, signal, () => options.probe(href, signal));
    },
  };
}

function waitForEnd(
  id: string,
  signal: AbortSignal,
  { events, current }: { events: EventBus; current: () => Job },
): Promise<Job> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void): void => {
      unsubscribe();
      signal.removeEventListener('abort', onAbort);
      act();
    };
    const onAbort = (): void => settle(() => reject(signal.reason as Error)); // AbortSignal reasons are errors here
    const unsubscribe = events.subscribe(({ event }) => {
      if (event.name === 'job' && event.data.id === id && isEnded(event.data.state)) settle(() => resolve(event.data));
    });
    signal.addEventListener('abort', onAbort, { once: true });
    const job = current();
    if (isEnded(job.state)) settle(() => resolve(job));
    else if (signal.aborted) onAbort();
  });
}
