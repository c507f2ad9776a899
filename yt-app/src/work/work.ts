import type { WorkLimits } from '@linkcast/contracts';
import type { Logger } from '@linkcast/kit';
import type { AppDatabase } from '../database/app-database.ts';
import type { JobPublisher } from '../jobs/job-publisher.ts';
import type { JobQueue, ProbeSource } from '../jobs/job-service.ts';
import type { JobStore } from '../jobs/job-store.ts';
import { sweepWorkFolders } from '../library/files/work-folders.ts';
import type { ItemStore } from '../library/items/item-store.ts';
import type { Library } from '../library/library.ts';
import type { RecoveryClaims } from '../library/recovery/recovery-claims.ts';
import { createJobDispatcher, type JobDispatcher } from './job-dispatcher.ts';
import { createJobEndings } from './job-endings.ts';
import { createJobEvents } from './job-events.ts';
import { createJobProgress } from './job-progress.ts';
import { createJobReports, type JobReports } from './job-reports.ts';
import { createJobTurns } from './job-turns.ts';
import type { Leases } from './leases.ts';
import { createProbeDispatcher, PROBE_LIMIT_MS } from './probe-dispatcher.ts';
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
  readonly publisher: JobPublisher;
  readonly leases: Leases;
  readonly logger: Logger;
  readonly limits: WorkLimits;
  /** HOST_CONCURRENCY: jobs of one host that may run at once; 0: any number. */
  readonly mostPerHost: number;
  /** The egress proxy's URL for one claim, with credentials that expire after `lifetimeMs`. */
  readonly proxyUrlFor: (claimId: string, lifetimeMs: number) => Promise<string>;
  /** Reports whether the media volume is present and recovered; no job is given out otherwise. */
  readonly isMediaReady: () => boolean;
  /** Called after a new audio item is in the library. */
  readonly onAudioReady: (mediaId: string) => void;
}

/** The API's side of the work that workers do. */
export interface WorkParts {
  readonly service: WorkService;
  readonly queue: JobQueue;
  readonly probe: ProbeSource;
  readonly workers: WorkerRegistry;
  /** Renews the leases that were open when the API ended. Once, at start. */
  readonly recoverLeases: () => Promise<void>;
  /** Makes rows, directories and claims agree, while the media volume is present and before any job is given out. */
  readonly recoverFiles: (start: { readonly isDatabaseNew: boolean }, signal: AbortSignal) => Promise<void>;
  readonly stop: () => void;
}

export function createWork(options: WorkOptions): WorkParts {
  const { proxyUrlFor, leases, logger } = options;
  const workers = createWorkerRegistry();
  const waiting = createWaitingClaims();
  const { dispatcher: jobs, reports } = createJobParts({ ...options, waiting });
  const probes = createProbeDispatcher({ proxyUrlFor: (claimId) => proxyUrlFor(claimId, PROBE_LIMIT_MS), waiting });

  return {
    service: createWorkService({ jobs, leases, reports, probes, waiting, workers, logger }),
    queue: { wake: () => waiting.wake('job'), cancel: (id) => jobs.cancel(id) },
    probe: (url, signal) => probes.probe(url, signal),
    workers,
    recoverLeases: () => jobs.recover(),
    recoverFiles: async ({ isDatabaseNew }, signal) => {
      const claims = await readRecoveryClaims(options.store, jobs);
      await options.library.recover({ ...claims, isDatabaseNew }, signal);
      await sweepWorkFolders(options.mediaDir, (claim) => jobs.isCurrent(claim));
    },
    stop: () => jobs.stop(),
  };
}

interface JobPartsOptions extends WorkOptions {
  readonly waiting: WaitingClaims;
}

function createJobParts(options: JobPartsOptions): { dispatcher: JobDispatcher; reports: JobReports } {
  const jobEvents = createJobEvents(options.store);
  const turns = createJobTurns();
  const endings = createJobEndings({ ...options, jobEvents });
  const progress = createJobProgress({ ...options, jobEvents });
  const proxyUrlFor = (claimId: string): Promise<string> => options.proxyUrlFor(claimId, JOB_TICKET_MS);
  return {
    dispatcher: createJobDispatcher({ ...options, turns, endings, proxyUrlFor }),
    reports: createJobReports({ ...options, turns, jobEvents, progress, endings }),
  };
}

async function readRecoveryClaims(
  store: Pick<JobStore, 'unfinishedMediaIds'>,
  jobs: JobDispatcher,
): Promise<Omit<RecoveryClaims, 'isDatabaseNew'>> {
  const leased = new Set(await jobs.leasedMediaIds());
  return { leased, unfinished: new Set(await store.unfinishedMediaIds()) };
}
