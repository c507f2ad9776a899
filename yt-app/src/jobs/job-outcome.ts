import { isEnded, type Job } from '@linkcast/contracts';
import type { EventFeed } from '../events/event-feed.ts';

export interface JobOutcomeOptions {
  readonly feed: Pick<EventFeed, 'cursorOf' | 'follow'>;
  /** Reads the job. */
  readonly current: () => Promise<Job>;
}

/** Waits until a job has ended, or waits for its next try. Rejects with the signal's reason when it is aborted first. */
export async function waitForOutcome(
  id: string,
  signal: AbortSignal,
  { feed, current }: JobOutcomeOptions,
): Promise<Job> {
  const cursor = await feed.cursorOf(undefined); // before the job is read: what comes later, the events tell
  const job = await current();
  if (hasOutcome(job)) return job;
  for await (const { event } of feed.follow(cursor, signal)) {
    if (event.name !== 'job' || event.data.id !== id || !hasOutcome(event.data)) continue;
    const now = await current(); // it may have been retried since the event
    if (hasOutcome(now)) return now;
  }
  throw signal.reason;
}

function hasOutcome({ state, retry }: Job): boolean {
  return isEnded(state) || retry !== null;
}
