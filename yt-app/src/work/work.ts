import { isEnded } from '@linkcast/contracts';
import { createUpdateTickets } from '../egress/update-tickets.ts';
import type { JobQueue } from '../jobs/job-service.ts';
import type { JobStore } from '../jobs/job-store.ts';
import type { ListSource, ProbeSource } from '../jobs/submission/link-reads.ts';
import { sweepWorkFolders } from '../library/files/work-folders.ts';
import type { RecoveryClaims } from '../library/recovery/recovery-claims.ts';
import { createDeliveryParts, type DeliveryParts } from './delivery/delivery-parts.ts';
import { createDecodeDispatcher } from './decode/decode-dispatcher.ts';
import type { JobDispatcher } from './job-dispatcher.ts';
import { createJobParts } from './job-parts.ts';
import { createStorageReservations, type StorageReservations } from './leases/storage-reservations.ts';
import { createProbeDispatcher, PROBE_LIMIT_MS } from './probe-dispatcher.ts';
import { createQueuePause, type QueuePause } from './waiting/queue-pause.ts';
import { createWaitingClaims } from './waiting-claims.ts';
import { createWorkService, type WorkService } from './work-service.ts';
import type { WorkOptions } from './work-options.ts';
import { createWorkerRegistry, type WorkerRegistry } from './worker-registry.ts';

/** The API's side of the work that workers do. */
export interface WorkParts {
  readonly service: WorkService;
  readonly queue: JobQueue;
  readonly probe: ProbeSource;
  readonly listSource: ListSource;
  readonly workers: WorkerRegistry;
  readonly deliveries: DeliveryParts;
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
  const deliveries = createDeliveryParts({ ...options, waiting });
  const isLeased = (id: string): boolean => decodes.has(id) || deliveries.dispatcher.has(id);
  const sweepWork = (): Promise<void> =>
    sweepWorkFolders(options.mediaDir, async (claim) => isLeased(claim.id) || (await isNeeded(options.store, claim)));
  const reservations = createStorageReservations(options);
  const onItemReady: typeof deliveries.onItemReady = (item) => deliveries.onItemReady(item);
  const jobParts = createJobParts({ ...options, waiting, pause, reservations, sweepWork, onItemReady });
  const { dispatcher: jobs, reports, unfinished } = jobParts;
  const probes = createProbeDispatcher({
    proxyUrlFor: (claimId, upstream) => proxyUrlFor(claimId, PROBE_LIMIT_MS, upstream),
    ways: options.ways,
    waiting,
    maxPlaylist,
  });
  return {
    service: createWorkService({
      ...{ jobs, leases, reports, probes, decodes, waiting, deliveries: deliveries.dispatcher, workers, logger },
      issueUpdateTicket: createUpdateTickets(proxyUrlFor),
    }),
    queue: {
      wake() {
        decodes.interrupt();
        waiting.wake('job');
      },
      cancel: (id) => jobs.cancel(id),
      cancelQueued: (job) => jobs.cancelQueued(job),
      finish: (id) => jobs.finish(id),
    },
    probe: (link, signal) => probes.probe(link, signal),
    listSource: (link, signal) => probes.list(link, signal),
    workers,
    deliveries,
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
      deliveries.wake();
    },
    stop() {
      for (const each of [jobs, decodes, unfinished, deliveries.dispatcher]) each.stop();
    },
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
