import type { EgressUpstream } from '@linkcast/contracts';
import { createGroupCollections } from '../jobs/groups/group-collection.ts';
import { createJobTwins } from '../jobs/job-twins.ts';
import type { LibraryItem } from '../library/items/item-table.ts';
import { createJobChanges } from './reports/job-changes.ts';
import { createJobDispatcher, type JobDispatcher } from './job-dispatcher.ts';
import { createJobEndings } from './reports/job-endings.ts';
import { createJobEvents } from './reports/job-events.ts';
import { createJobProgress } from './reports/job-progress.ts';
import { createJobReports, type JobReports } from './reports/job-reports.ts';
import { createReplacementProgress } from './repair/replacement-progress.ts';
import type { StorageReservations } from './leases/storage-reservations.ts';
import { createUnfinishedItems, type UnfinishedItems } from './reports/unfinished-items.ts';
import { createHostGaps } from './waiting/host-gaps.ts';
import type { QueuePause } from './waiting/queue-pause.ts';
import type { WaitingClaims } from './waiting-claims.ts';
import { createWorkItems } from './work-item.ts';
import type { WorkOptions } from './work-options.ts';

/** Lifetime of a job's ticket: the longest download, and an hour for the steps before and after it. */
const JOB_TICKET_MS = 25 * 3_600_000;

interface JobPartsOptions extends Omit<WorkOptions, 'deliveries'> {
  /** Within the transaction in which an item becomes ready. */
  readonly onItemReady: (item: LibraryItem) => Promise<void>;
  readonly waiting: WaitingClaims;
  readonly pause: QueuePause;
  readonly reservations: StorageReservations;
  readonly sweepWork: () => Promise<void>;
}

/** The parts that give jobs to workers and take their reports. */
export interface JobParts {
  readonly dispatcher: JobDispatcher;
  readonly reports: JobReports;
  readonly unfinished: UnfinishedItems;
}

export function createJobParts(options: JobPartsOptions): JobParts {
  const twins = createJobTwins(options.database);
  const jobEvents = createJobEvents({ ...options, twins });
  const changes = createJobChanges();
  const unfinished = createUnfinishedItems(options);
  const endings = createJobEndings({ ...options, unfinished, jobEvents });
  const progress = createJobProgress({
    ...{ ...options, unfinished, twins, jobEvents },
    groupCollections: createGroupCollections(options.database, options.items.collections),
    onCollected: (mediaId) => options.library.collections.noteIn(mediaId),
  });
  const replacing = { ...options, unfinished, jobEvents };
  const repair = createReplacementProgress({
    ...replacing,
    itemOf: ({ repairs }) => repairs,
    isWanted: ({ damage }) => damage?.cause === 'storage',
    replace: options.library.repair,
  });
  const update = createReplacementProgress({
    ...replacing,
    itemOf: ({ fromItem }) => fromItem,
    isWanted: ({ state }) => state === 'ready',
    replace: options.library.update,
  });
  const proxyUrlFor = (claimId: string, upstream?: EgressUpstream): Promise<string> =>
    options.proxyUrlFor(claimId, JOB_TICKET_MS, upstream);
  return {
    dispatcher: createJobDispatcher({
      ...options,
      gaps: createHostGaps(options.hostGapMs),
      itemOf: createWorkItems(options),
      changes,
      endings,
      proxyUrlFor,
    }),
    reports: createJobReports({ ...options, changes, jobEvents, progress, repair, update, endings }),
    unfinished,
  };
}
