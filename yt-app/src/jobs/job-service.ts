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
import type { MediaStore } from '../library/media-store.ts';
import { parseSourceUrl, sourceKey } from '../egress/source-url.ts';
import type { JobRecord } from './job-record.ts';
import type { JobRunner } from './job-runner.ts';
import type { JobStore } from './job-store.ts';
import type { ProbeSource } from './probe.ts';
import { randomId } from '../random-id.ts';

/** What the HTTP side asks of the jobs side. Every expected refusal is thrown as a Problem. */
export interface JobService {
  /**
   * Judges the link, then stores the job; it is on the disk when this returns. The same key, or the same source and
   * type, gives the job that exists.
   */
  submit(request: JobRequest, options: { readonly idempotencyKey?: string }): Job;
  get(id: string): Job | undefined;
  list(query: JobQuery): JobList;
  /** Resolves when the job's programs are gone. */
  cancel(id: string): Promise<Job>;
  retry(id: string): Job;
  /** Resolves with the job in an end state; rejects with the signal's reason, and the job goes on. */
  waitUntilEnded(id: string, signal: AbortSignal): Promise<Job>;
  /** What a link offers, without downloading it. */
  probe(url: string, signal: AbortSignal): Promise<Probe>;
}

export interface JobServiceOptions {
  readonly store: JobStore;
  readonly media: MediaStore;
  readonly runner: JobRunner;
  readonly probe: ProbeSource;
  readonly events: EventBus;
  /** `host:port` pairs that may be private. */
  readonly allowPrivate: readonly string[];
  /** Is there a yt-dlp that is safe to run? */
  readonly isDownloaderUsable: () => boolean;
}

const MAX_WAITING = 1000;

export function createJobService(options: JobServiceOptions): JobService {
  const { store, media, runner, events } = options;

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
  const enqueue = (record: JobRecord): Job => {
    const job = runner.view(record);
    events.publish({ name: 'job', data: job });
    runner.wake();
    return runner.view(need(record.id));
  };

  // Its jobs lead nowhere any more, and whoever follows them should know.
  events.subscribe(({ event }) => {
    if (event.name !== 'media-deleted') return;
    for (const job of store.findByMedia(event.data.id)) events.publish({ name: 'job', data: runner.view(job) });
  });

  return {
    submit({ url, type, quality = 'best' }, { idempotencyKey }) {
      const source = parseSourceUrl(url, options.allowPrivate);
      const wanted = { type, quality, url: source.href, sourceKey: sourceKey(source) };
      const known = (idempotencyKey === undefined ? undefined : store.findByKey(idempotencyKey)) ?? findSame(wanted);
      if (known) return runner.view(known);
      if (!options.isDownloaderUsable()) throw new Problem('downloader-unavailable');
      if ((store.counts().queued ?? 0) >= MAX_WAITING) throw new Problem('queue-full');
      return enqueue(
        store.insert({
          ...wanted,
          id: randomId(),
          mediaId: randomId(),
          idempotencyKey: idempotencyKey ?? null,
          createdAt: Date.now(),
        }),
      );
    },
    get(id) {
      const record = store.get(id);
      return record && runner.view(record);
    },
    list(query) {
      const { jobs, nextCursor } = store.list(query);
      return { jobs: jobs.map((job) => runner.view(job)), nextCursor };
    },
    async cancel(id) {
      const record = need(id);
      if (isEnded(record.state)) throw new Problem('conflict');
      if (record.state !== 'queued') {
        if (!(await runner.cancel(id))) throw new Problem('conflict');
        return runner.view(need(id));
      }
      const job = runner.view(store.change(id, { state: 'cancelled', finishedAt: Date.now() }));
      events.publish({ name: 'job', data: job });
      return job;
    },
    retry(id) {
      const record = need(id);
      if (record.state !== 'failed' && record.state !== 'cancelled') throw new Problem('conflict');
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
    waitUntilEnded: (id, signal) => waitForEnd(id, signal, { events, current: () => runner.view(need(id)) }),
    probe: (url, signal) => options.probe(parseSourceUrl(url, options.allowPrivate).href, signal),
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
