import type { Job, WorkLimits } from '@linkcast/contracts';
import type { Database, Logger } from '@linkcast/kit';
import type { EventBus } from '../events/event-bus.ts';
import type { JobRecord } from '../jobs/job-record.ts';
import type { JobQueue, ProbeSource } from '../jobs/job-service.ts';
import type { JobStore } from '../jobs/job-store.ts';
import { jobView } from '../jobs/job-view.ts';
import type { Library } from '../library/library.ts';
import type { ItemStore } from '../library/items/item-store.ts';
import { sweepWorkFolders } from '../library/files/work-folders.ts';
import { createJobDispatcher } from './job-dispatcher.ts';
import { createJobProgress } from './job-progress.ts';
import { createProbeDispatcher, PROBE_LIMIT_MS } from './probe-dispatcher.ts';
import { createWaitingClaims } from './waiting-claims.ts';
import { createWorkService, type WorkService } from './work-service.ts';
import { createWorkerRegistry, type WorkerRegistry } from './worker-registry.ts';

/** As long as a download may take, and an hour for what is before and after it. */
const JOB_TICKET_MS = 25 * 3_600_000;

export interface WorkOptions {
  readonly store: JobStore;
  readonly media: ItemStore;
  readonly library: Library;
  readonly database: Database;
  readonly mediaDir: string;
  readonly events: EventBus;
  readonly logger: Logger;
  readonly limits: WorkLimits;
  /** The egress proxy's URL for one claim, with credentials that are good for so long. */
  readonly proxyUrlFor: (claimId: string, lifetimeMs: number) => Promise<string>;
  /** Is the folder of the library there? No job is given out otherwise. */
  readonly isMediaReady: () => boolean;
  /** A new audio item is in the library. */
  readonly onAudioReady: (mediaId: string) => void;
}

/** The API's side of the work that workers do. */
export interface WorkParts {
  readonly service: WorkService;
  readonly queue: JobQueue;
  readonly probe: ProbeSource;
  readonly workers: WorkerRegistry;
  /** Takes up the leases of before, once, at start. */
  readonly recoverLeases: () => void;
  /** Makes rows, folders and claims agree, once, when the media volume is there. */
  readonly recoverFiles: () => Promise<void>;
  readonly stop: () => void;
}

export function createWork(options: WorkOptions): WorkParts {
  const { store, media, library, mediaDir, events, logger } = options;
  const workers = createWorkerRegistry();
  const waiting = createWaitingClaims();
  const view = (job: JobRecord): Job =>
    jobView(job, dispatcher.progressOf(job.id), media.get(job.mediaId) !== undefined);
  const progress = createJobProgress({
    store,
    media,
    mediaDir,
    events,
    logger,
    publish: (job) => events.publish({ name: 'job', data: view(job) }),
    transaction: (write) => options.database.transaction(write)(),
    onAudioReady: options.onAudioReady,
  });
  const dispatcher = createJobDispatcher({
    store,
    progress,
    limits: options.limits,
    proxyUrlFor: (claimId) => options.proxyUrlFor(claimId, JOB_TICKET_MS),
    isMediaReady: options.isMediaReady,
    onQueued: () => waiting.wake('job'),
    onAbandoned: ({ mediaId }) => void library.discardUnfinished(mediaId),
    logger,
  });
  const probes = createProbeDispatcher({
    proxyUrlFor: (claimId) => options.proxyUrlFor(claimId, PROBE_LIMIT_MS),
    onQueued: () => waiting.wake('probe'),
  });

  return {
    service: createWorkService({ jobs: dispatcher, probes, waiting, workers, logger }),
    queue: { view, wake: () => waiting.wake('job'), cancel: (id) => dispatcher.cancel(id) },
    probe: (url, signal) => probes.probe(url, signal),
    workers,
    recoverLeases: () => dispatcher.recover(),
    async recoverFiles() {
      const leased = new Set(dispatcher.leasedMediaIds());
      const unfinished = new Set(store.unfinishedMediaIds());
      const hasJobs = Object.keys(store.counts()).length > 0;
      await library.recover({ unfinished, leased, isDatabaseNew: !hasJobs && media.ids().length === 0 });
      await sweepWorkFolders(mediaDir, (claim) => dispatcher.isCurrent(claim));
    },
    stop: () => dispatcher.stop(),
  };
}
