import { isEnded, type Job } from '@linkcast/contracts';
import type { EventBus } from '../events/event-bus.ts';

export interface JobEndOptions {
  readonly events: Pick<EventBus, 'subscribe'>;
  /** Reads the job. */
  readonly current: () => Promise<Job>;
}

/** Waits until a job has ended. Rejects with the signal's reason when it is aborted first. */
export async function waitForEnd(id: string, signal: AbortSignal, { events, current }: JobEndOptions): Promise<Job> {
  const ended = Promise.withResolvers<Job>();
  const take = (job: Job): void => {
    if (isEnded(job.state)) ended.resolve(job);
  };
  const onAbort = (): void => ended.reject(signal.reason);
  const unsubscribe = events.subscribe(({ event }) => {
    if (event.name === 'job' && event.data.id === id) take(event.data);
  });
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  current().then(take, ended.reject); // it may have ended before: events come from now on
  try {
    return await ended.promise;
  } finally {
    unsubscribe();
    signal.removeEventListener('abort', onAbort);
  }
}
