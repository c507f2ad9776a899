import type { Job, Progress } from '@linkcast/contracts';
import type { EventBus } from '../events/event-bus.ts';
import type { JobRecord } from './job-table.ts';
import { jobView } from './job-view.ts';

/** Makes the API's view of a job, and publishes it as an event. */
export interface JobPublisher {
  /** The job with its current progress. */
  view(record: JobRecord): Job;
  /** @returns the published view. */
  publish(record: JobRecord): Job;
}

export interface JobPublisherOptions {
  readonly events: Pick<EventBus, 'publish'>;
  /** The progress that the worker reported last; undefined for a job that no worker has. */
  readonly progressOf: (jobId: string) => Progress | undefined;
}

export function createJobPublisher({ events, progressOf }: JobPublisherOptions): JobPublisher {
  const view = (record: JobRecord): Job => jobView(record, progressOf(record.id));

  return {
    view,
    publish(record) {
      const job = view(record);
      events.publish({ name: 'job', data: job });
      return job;
    },
  };
}
