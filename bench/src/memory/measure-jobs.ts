import type { ApiClient } from '@linkcast/contracts';
import { pause } from '@linkcast/kit';
import { readyJob } from '../pipeline/ended-job.ts';
import { sampleMemory } from './memory-sample.ts';

export interface RunningStack {
  readonly api: ApiClient;
  /** The process that everything else of the stack is below. */
  readonly pid: number;
}

export interface JobsMeasurement {
  /** Sent at once. The stack must be allowed to run as many jobs. */
  readonly links: readonly string[];
  readonly limitSeconds: number;
  readonly signal: AbortSignal;
  readonly shared: string;
}

const SAMPLE_MS = 500;

/** The most memory that our own processes take together while jobs run, in bytes. */
export async function measureJobs(stack: RunningStack, measurement: JobsMeasurement): Promise<number> {
  const { links, limitSeconds, signal, shared } = measurement;
  const jobs = await Promise.all(links.map((url) => stack.api.createJob({ url, type: 'video' })));
  const done = new AbortController();
  const highest = watchOwn(stack.pid, shared, done.signal);
  try {
    await Promise.all(jobs.map(({ id }) => readyJob(stack.api, id, { limitSeconds, signal })));
  } finally {
    done.abort();
  }
  return highest;
}

async function watchOwn(pid: number, shared: string, done: AbortSignal): Promise<number> {
  let highest = 0;
  while (!done.aborted) {
    highest = Math.max(highest, (await sampleMemory(pid, shared)).own);
    await pause(SAMPLE_MS, done);
  }
  return highest;
}
