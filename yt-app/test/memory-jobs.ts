import {
  isEnded,
  Problem,
  type Job,
  type JobList,
  type JobQuery,
  type JobRequest,
  type Probe,
} from '@linkcast/contracts';
import type { EventBus } from '../src/events/event-bus.ts';
import type { JobService, ProbeOptions, SubmitOptions } from '../src/jobs/job-service.ts';

/** Jobs in memory, for tests of the HTTP side: they do what the test tells them, through the events as the real ones. */
export class MemoryJobs implements JobService {
  readonly submitted: { request: JobRequest; caller: string; idempotencyKey: string | undefined }[] = [];
  readonly probed: { url: string; caller: string }[] = [];
  readonly #jobs = new Map<string, Job>();
  readonly #events: EventBus;
  /** What every new job becomes at once; nothing unless set. */
  onSubmit: Partial<Job> | Error = {};

  constructor(events: EventBus) {
    this.#events = events;
  }

  submit(request: JobRequest, { caller, idempotencyKey }: SubmitOptions = { caller: 'test' }): Job {
    this.submitted.push({ request, caller, idempotencyKey });
    if (this.onSubmit instanceof Error) throw this.onSubmit;
    if (!/^https?:\/\/[^\s@]+$/.test(request.url)) throw new Problem('invalid-url');
    return this.put({ ...queuedJob(`job-${this.#jobs.size + 1}`, request), ...this.onSubmit });
  }

  /** Stores the job as it is now and publishes it. */
  put(job: Job): Job {
    this.#jobs.set(job.id, job);
    this.#events.publish({ name: 'job', data: job });
    return job;
  }

  change(id: string, changes: Partial<Job>): Job {
    return this.put({ ...this.#need(id), ...changes });
  }

  get(id: string): Job | undefined {
    return this.#jobs.get(id);
  }

  list({ state, limit }: JobQuery): JobList {
    const jobs = [...this.#jobs.values()].filter((job) => state === undefined || job.state === state);
    return { jobs: jobs.slice(0, limit), nextCursor: null };
  }

  cancel(id: string): Promise<Job> {
    if (isEnded(this.#need(id).state)) return Promise.reject(new Problem('conflict'));
    return Promise.resolve(this.change(id, { state: 'cancelled', finishedAt: new Date().toISOString() }));
  }

  retry(id: string): Job {
    if (!isEnded(this.#need(id).state)) throw new Problem('conflict');
    return this.change(id, { state: 'queued', problem: null, finishedAt: null });
  }

  waitUntilEnded(id: string, signal: AbortSignal): Promise<Job> {
    const job = this.#need(id);
    if (isEnded(job.state)) return Promise.resolve(job);
    return new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error)); // our own code aborts with errors
      this.#events.subscribe(({ event }) => {
        if (event.name === 'job' && event.data.id === id && isEnded(event.data.state)) resolve(event.data);
      });
    });
  }

  probe(url: string, { caller }: ProbeOptions): Promise<Probe> {
    this.probed.push({ url, caller });
    if (!url.startsWith('http')) return Promise.reject(new Problem('invalid-url'));
    return Promise.resolve({ title: 'x', uploader: null, durationSeconds: 1, thumbnail: null, heights: [] });
  }

  #need(id: string): Job {
    const job = this.#jobs.get(id);
    if (!job) throw new Problem('not-found');
    return job;
  }
}

function queuedJob(id: string, { url, type, quality = 'best' }: JobRequest): Job {
  return {
    id,
    state: 'queued',
    type,
    url,
    quality,
    title: null,
    progress: { ratio: null, bytes: 0, totalBytes: null, bytesPerSecond: null, etaSeconds: null },
    playable: false,
    handling: null,
    attempt: 0,
    mediaId: null,
    links: { page: null, hls: null, file: null },
    problem: null,
    createdAt: '2026-01-02T03:04:05.000Z',
    startedAt: null,
    playableAt: null,
    finishedAt: null,
  };
}
