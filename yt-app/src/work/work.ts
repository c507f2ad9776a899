import { isEnded, type WorkLimits } from '@linkcast/contracts';
import type { Logger } from '@linkcast/kit';
import type { AppDatabase } from '../database/app-database.ts';
import { createGroupCollections } from '../jobs/groups/group-collection.ts';
import type { JobPublisher } from '../jobs/job-publisher.ts';
import type { JobQueue, ProbeSource } from '../jobs/job-service.ts';
import type { JobStore } from '../jobs/job-store.ts';
import { createJobTwins } from '../jobs/job-twins.ts';
import { sweepWorkFolders } from '../library/files/work-folders.ts';
import type { ItemStore } from '../library/items/item-store.ts';
import type { Library } from '../library/library.ts';
import type { StorageGuard } from '../pipeline/limits/storage-guard.ts';
import type { RecoveryClaims } from '../library/recovery/recovery-claims.ts';
import { createDecodeDispatcher } from './decode/decode-dispatcher.ts';
import { createJobDispatcher, type JobDispatcher } from './job-dispatcher.ts';
import { createJobEndings } from './job-endings.ts';
import { createJobEvents } from './job-events.ts';
import { createJobProgress } from './job-progress.ts';
import { createJobReports, type JobReports } from './job-reports.ts';
import { createJobChanges } from './job-changes.ts';
import type { Leases } from './leases.ts';
import { createUnfinishedItems, type UnfinishedItems } from './unfinished-items.ts';
import { createStorageReservations, type StorageReservations } from './storage-reservations.ts';
import { createProbeDispatcher, PROBE_LIMIT_MS } from './probe-dispatcher.ts';
import { createRepairProgress } from './repair/repair-progress.ts';
import { createHostGaps } from './waiting/host-gaps.ts';
import { createQueuePause, type QueuePause } from './waiting/queue-pause.ts';
import { createWaitingClaims, type WaitingClaims } from './waiting-claims.ts';
import { createWorkService, type WorkService } from './work-service.ts';
import { createWorkerRegistry, type WorkerRegistry } from './worker-registry.ts';

/** Lifetime of a job's ticket: the longest download, and an hour for the steps before and after it. */
const JOB_TICKET_MS = 25 * 3_600_000;

export interface WorkOptions {
  readonly store: JobStore;
  readonly items: ItemStore;
  readonly library: Library;
  readonly database: AppDatabase;
  readonly mediaDir: string;
  readonly storage: StorageGuard;
  readonly publisher: JobPublisher;
  readonly leases: Leases;
  readonly logger: Logger;
  readonly limits: WorkLimits;
  /** HOST_CONCURRENCY: jobs of one host that may run at once; 0: any number. */
  readonly mostPerHost: number;
  /** HOST_GAP: milliseconds from the start of a job to that of the next one of its host; 0: none. */
  readonly hostGapMs: number;
  /** MAX_PLAYLIST: the most videos of a list that are named. */
  readonly maxPlaylist: number;
  /** The egress proxy's URL for one claim, with credentials that expire after `lifetimeMs`. */
  readonly proxyUrlFor: (claimId: string, lifetimeMs: number) => Promise<string>;
  /** Reports whether the media volume is present and recovered; no job is given out otherwise. */
  readonly isMediaReady: () => boolean;
  /** Reports whether a person is an owner. */
  readonly isOwner: (personId: string) => Promise<boolean>;
  /** Within a transaction: reports whether a damaged item is downloaded again. A repair that is due begins now. */
  readonly beginRepair: (mediaId: string) => Promise<boolean>;
  /** Called after a new audio item is in the library. */
  readonly onAudioReady: (mediaId: string) => void;
  /** Called when so many bytes are missing for a job. Default: nothing. */
  readonly onRoomMissing?: (bytes: number) => void;
}

/** The API's side of the work that workers do. */
export interface WorkParts {
  readonly service: WorkService;
  readonly queue: JobQueue;
  readonly probe: ProbeSource;
  readonly workers: WorkerRegistry;
  /** The conditions because of which no job is claimed. */
  readonly pause: Pick<QueuePause, 'reasons'>;
  readonly reservations: Pick<StorageReservations, 'outstandingBytes'>;
  /** Renews the leases that were open when the API ended. Once, at start. */
  readonly recoverLeases: () => Promise<void>;
  /** Makes rows, directories and claims agree, while the media volume is present and before any job is given out. */
  readonly recoverFiles: (start: { readonly isDatabaseNew: boolean }, signal: AbortSignal) => Promise<void>;
  /** The media volume can be used, for the first time or again: jobs may run. */
  readonly volumeReady: () => void;
  readonly stop: () => void;
}

export function createWork(options: WorkOptions): WorkParts {
  const { proxyUrlFor, leases, logger, maxPlaylist } = options;
  const workers = createWorkerRegistry();
  const waiting = createWaitingClaims();
  const pause = createQueuePause(options);
  const decodes = createDecodeDispatcher(options);
  const sweepWork = (): Promise<void> =>
    sweepWorkFolders(
      options.mediaDir,
      async (claim) => decodes.has(claim.id) || (await isNeeded(options.store, claim)),
    );
  const reservations = createStorageReservations(options);
  const {
    dispatcher: jobs,
    reports,
    unfinished,
  } = createJobParts({ ...options, waiting, pause, reservations, sweepWork });
  const probes = createProbeDispatcher({
    proxyUrlFor: (claimId) => proxyUrlFor(claimId, PROBE_LIMIT_MS),
    waiting,
    maxPlaylist,
  });
  return {
    service: createWorkService({ jobs, leases, reports, probes, decodes, waiting, workers, logger }),
    queue: {
      wake() {
        decodes.interrupt();
        waiting.wake('job');
      },
      cancel: (id) => jobs.cancel(id),
      cancelQueued: (job) => jobs.cancelQueued(job),
    },
    probe: (url, signal) => probes.probe(url, signal),
    workers,
    pause,
    reservations,
    recoverLeases: () => jobs.recover(),
    recoverFiles: async ({ isDatabaseNew }, signal) => {
      const claims = await readRecoveryClaims(options.store, jobs);
      await options.library.recover({ ...claims, isDatabaseNew }, signal);
      await sweepWork();
    },
    volumeReady() {
      unfinished.discardRemaining();
      waiting.wake('job');
    },
    stop() {
      for (const each of [jobs, decodes, unfinished]) each.stop();
    },
  };
}

interface JobPartsOptions extends WorkOptions {
  readonly waiting: WaitingClaims;
  readonly pause: QueuePause;
  readonly reservations: StorageReservations;
  readonly sweepWork: () => Promise<void>;
}

interface JobParts {
  readonly dispatcher: JobDispatcher;
  readonly reports: JobReports;
  readonly unfinished: UnfinishedItems;
}

function createJobParts(options: JobPartsOptions): JobParts {
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
  const repair = createRepairProgress({ ...options, unfinished, jobEvents });
  const proxyUrlFor = (claimId: string): Promise<string> => options.proxyUrlFor(claimId, JOB_TICKET_MS);
  return {
    dispatcher: createJobDispatcher({
      ...options,
      gaps: createHostGaps(options.hostGapMs),
      changes,
      endings,
      proxyUrlFor,
    }),
    reports: createJobReports({ ...options, changes, jobEvents, progress, repair, endings }),
    unfinished,
  };
}

/** The files of the last claim are needed until the job ends: the next one continues with them. Its worker takes those of the claim before. */
async function isNeeded(store: Pick<JobStore, 'get'>, claim: { id: string; fence: number }): Promise<boolean> {
  const job = await store.get(claim.id);
  return job !== undefined && !isEnded(job.state) && claim.fence >= job.fence - 1;
}

async function readRecoveryClaims(
  store: Pick<JobStore, 'unfinishedMediaIds' | 'repairedItems'>,
  jobs: JobDispatcher,
): Promise<Omit<RecoveryClaims, 'isDatabaseNew'>> {
  const leased = new Set(await jobs.leasedMediaIds());
  const repaired = new Set(await store.repairedItems());
  return { leased, repaired, unfinished: new Set(await store.unfinishedMediaIds()) };
}
