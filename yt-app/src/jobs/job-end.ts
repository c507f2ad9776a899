import { isEnded, type Job } from '@linkcast/contracts';
import type { EventFeed } from '../events/event-feed.ts';

export interface JobEndOptions {
  readonly feed: Pick<EventFeed, 'cursorOf' | 'follow'>;
  /** Reads the job. */
  readonly current: () => Promise<Job>;
}

/** Waits until a job has ended. Rejects with the signal's reason when it is aborted first. */
export async function waitForEnd(id: string, signal: AbortSignal, { feed, current }: JobEndOptions): Promise<Job> {
  const cursor = await feed.cursorOf(undefined); // before the job is read: what comes later, the events tell
  const job = await current();
  if (isEnded(job.state)) return job;
  for await (const { event } of feed.follow(cursor, signal)) {
    if (event.name !== 'job' || event.data.id !== id || !isEnded(event.data.state)) continue;
    const now = await current(); // it may have been retried since the event
    if (isEnded(now.state)) return now;
  }
  throw signal.reason;
}
