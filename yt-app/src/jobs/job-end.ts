import { isEnded, type Job } from '@linkcast/contracts';
import type { EventBus } from '../events/event-bus.ts';

export interface JobEndOptions {
  readonly events: Pick<EventBus, 'subscribe'>;
  /** Reads the job. */
  readonly current: () => Job;
}

/** Waits until a job has ended. Rejects with the signal's reason when it is aborted first. */
export function waitForEnd(id: string, signal: AbortSignal, { events, current }: JobEndOptions): Promise<Job> {
  return new Promise((resolve, reject) => {
    const finish = (act: () => void): void => {
      unsubscribe();
      signal.removeEventListener('abort', onAbort);
      act();
    };
    const onAbort = (): void => finish(() => reject(signal.reason as Error)); // AbortSignal reasons are errors here
    const unsubscribe = events.subscribe(({ event }) => {
      if (event.name === 'job' && event.data.id === id && isEnded(event.data.state)) finish(() => resolve(event.data));
    });
    signal.addEventListener('abort', onAbort, { once: true });
    const job = current();
    if (isEnded(job.state)) finish(() => resolve(job));
    else if (signal.aborted) onAbort();
  });
}
