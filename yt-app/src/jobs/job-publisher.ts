import type { Job, Progress } from '@linkcast/contracts';
import type { EventFeed } from '../events/event-feed.ts';
import type { EventLog } from '../events/event-log.ts';
import type { JobGroup } from './groups/group-children.ts';
import { groupView } from './groups/group-view.ts';
import type { JobRecord } from './job-table.ts';
import { jobView } from './job-view.ts';

/** Makes the API's view of a job, and the events of its changes. */
export interface JobPublisher {
  /** The job with its current progress. */
  view(record: JobRecord): Job;
  /** Stores the event of a change, in the transaction of that change. */
  append(record: JobRecord): void;
  /** A parent job with the current progress of its children. */
  viewGroup(group: JobGroup): Job;
  /** Stores the event of a change of a parent job, in the transaction of that change. */
  appendGroup(group: JobGroup): void;
  /** Stores the event by which those who do not see a job any more drop it. */
  appendHiding(record: Pick<JobRecord, 'id'>): void;
  /** Tells the present followers of the job's progress. It is no change: nothing is stored. */
  publishProgress(record: JobRecord): void;
}

export interface JobPublisherOptions {
  readonly events: { readonly log: Pick<EventLog, 'append'>; readonly feed: Pick<EventFeed, 'publish'> };
  /** The progress that the worker reported last; undefined for a job that no worker has. */
  readonly progressOf: (jobId: string) => Progress | undefined;
}

export function createJobPublisher({ events: { log, feed }, progressOf }: JobPublisherOptions): JobPublisher {
  const view = (record: JobRecord): Job => jobView(record, progressOf(record.id));

  const viewGroup = (group: JobGroup): Job => groupView(group, progressOf);

  return {
    view,
    viewGroup,
    appendGroup: (group) => log.append({ name: 'job', data: viewGroup(group) }),
    append: (record) => log.append({ name: 'job', data: view(record) }),
    appendHiding: ({ id }) => log.append({ name: 'job-hidden', data: { id } }),
    publishProgress: (record) => feed.publish({ name: 'job', data: view(record) }),
  };
}
