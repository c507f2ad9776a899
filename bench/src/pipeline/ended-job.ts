import { setTimeout as delay } from 'node:timers/promises';
import { isEnded, Problem, type ApiClient, type Job } from '@linkcast/contracts';

/** Seldom, because every question costs yt-app processor time; the moments themselves stand in the job. */
const ASK_MS = 2000;

/** Waits until a job has ended. @throws when it is not ready, or not within so many seconds. */
export async function readyJob(
  api: ApiClient,
  id: string,
  { limitSeconds, signal }: { limitSeconds: number; signal: AbortSignal },
): Promise<Job> {
  const end = Date.now() + limitSeconds * 1000;
  while (Date.now() < end) {
    const job = await api.getJob(id);
    if (job.state === 'ready') return job;
    if (job.problem) throw Problem.fromDocument(job.problem);
    if (isEnded(job.state)) throw new Error(`the job is ${job.state}`);
    await delay(ASK_MS, undefined, { signal });
  }
  throw new Error(`a job took longer than ${limitSeconds} s`);
}
