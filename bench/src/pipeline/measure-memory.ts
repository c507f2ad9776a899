import { readFile } from 'node:fs/promises';
import { pause } from '@linkcast/kit';
import type { YtAppProcess } from '@linkcast/testing';
import { readyJob } from './ended-job.ts';

/** Resident memory of yt-app, without its programs, in bytes. */
export interface MemoryFigures {
  readonly idle: number;
  /** The most that was seen while all jobs ran. */
  readonly peak: number;
}

interface Where {
  readonly ytApp: YtAppProcess;
  readonly limitSeconds: number;
  readonly signal: AbortSignal;
}

const SAMPLE_MS = 250;

/** Sends all links at once. yt-app must be allowed to run as many jobs. */
export async function measureMemory(
  links: readonly string[],
  { ytApp, limitSeconds, signal }: Where,
): Promise<MemoryFigures> {
  const idle = await readResidentBytes(ytApp.worker.pid());
  const jobs = await Promise.all(links.map((url) => ytApp.api.createJob({ url, type: 'video' })));
  const done = new AbortController();
  const highest = watchResidentBytes(ytApp.worker.pid(), done.signal);
  try {
    await Promise.all(jobs.map(({ id }) => readyJob(ytApp.api, id, { limitSeconds, signal })));
  } finally {
    done.abort();
  }
  return { idle, peak: await highest };
}

async function watchResidentBytes(pid: number, done: AbortSignal): Promise<number> {
  let highest = 0;
  while (!done.aborted) {
    highest = Math.max(highest, await readResidentBytes(pid).catch(() => 0)); // 0: it has gone, which the jobs tell
    await pause(SAMPLE_MS, done);
  }
  return highest;
}

async function readResidentBytes(pid: number): Promise<number> {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1];
  if (kilobytes === undefined) throw new Error('yt-app has no memory: it has ended');
  return Number(kilobytes) * 1024;
}
