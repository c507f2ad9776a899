import type { Job, JobList, JobQuery, JobRequest, Probe } from '@linkcast/contracts';

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
