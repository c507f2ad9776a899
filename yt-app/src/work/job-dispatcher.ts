import {
  isProblem,
  ownFileId,
  type EgressUpstream,
  type JobWork,
  type WorkClaim,
  type WorkLimits,
} from '@linkcast/contracts';
import PQueue from 'p-queue';
import type { JobStore } from '../jobs/job-store.ts';
import type { JobRecord } from '../jobs/job-table.ts';
import type { SourceWays } from '../profiles/source-ways.ts';
import { randomId } from '../random-id.ts';
import type { QueuePause } from './waiting/queue-pause.ts';
import type { HostGaps } from './waiting/host-gaps.ts';
import type { ReadWorkItem } from './work-item.ts';
import { createJobLeases, type JobLeases, type JobLeasesOptions } from './leases/job-leases.ts';

/** Gives jobs to workers, one lease each. */
export interface JobDispatcher {
  /** The job whose turn it is, with a lease; undefined when none may start. */
  claim(claim: WorkClaim): Promise<JobWork | undefined>;
  /** Resolves with true when the job's programs have ended and it is cancelled; false when no worker has it. */
  cancel(id: string): Promise<boolean>;
  /** Cancels a queued job. Resolves with false when it is not queued any more. */
  cancelQueued(job: JobRecord): Promise<boolean>;
  /** Makes the worker of a job end its recording of a live source; when none has the job, its next claim says so. */
  finish(id: string): void;
  /** Ends the leases of an instance of a worker that another one has replaced. */
  replaceInstance(claim: WorkClaim): Promise<void>;
  /** Renews the leases that were open when the API ended. The jobs of an older version start again. */
  recover(): Promise<void>;
  /** Ids of the items that workers are making. */
  leasedMediaIds(): Promise<string[]>;
  /** Forgets all leases; the workers continue. */
  stop(): void;
}

export interface JobDispatcherOptions extends JobLeasesOptions {
  readonly store: Pick<JobStore, 'get' | 'claim' | 'leased'>;
  readonly limits: WorkLimits;
  /** Root of the SponsorBlock server; undefined: no server is asked. */
  readonly sponsorBlock: string | undefined;
  /** Jobs of one host that may run at once; 0: any number. */
  readonly mostPerHost: number;
  readonly gaps: HostGaps;
  /** The egress proxy's URL for one claim, with its credentials; `upstream`: the outbound proxy behind it. */
  readonly proxyUrlFor: (claimId: string, upstream?: EgressUpstream) => Promise<string>;
  readonly ways: Pick<SourceWays, 'of'>;
  readonly itemOf: ReadWorkItem;
  readonly pause: Pick<QueuePause, 'mayClaim' | 'noteClaim' | 'reasons'>;
  /** Reports whether the media volume is present and recovered; no job is given out otherwise. */
  readonly isMediaReady: () => boolean;
}

export function createJobDispatcher(options: JobDispatcherOptions): JobDispatcher {
  const { store, leases, endings, mostPerHost, gaps, pause } = options;
  const jobLeases = createJobLeases(options);

  /** One claim after the other: the next one knows the hosts that the last one has started a job of. */
  const turns = new PQueue({ concurrency: 1 });
  /** Claims that are being written: their leases are not open yet. */
  const claiming = new Set<Promise<unknown>>();
  const take = async (claim: WorkClaim): Promise<JobRecord | undefined> => {
    const isTrial = pause.reasons().size > 0;
    const rules = { mostPerHost, heldHosts: gaps.hosts(), isTrial };
    const job = await store.claim({ ...claim, mediaId: randomId(), now: Date.now(), ...rules });
    if (!job) return job;
    gaps.note(job.host);
    jobLeases.open(job, claim);
    return job;
  };

  return {
    async claim(claim) {
      if (!options.isMediaReady() || !(await pause.mayClaim())) return undefined;
      const taking = turns.add(() => take(claim));
      claiming.add(taking);
      const job = await taking.finally(() => claiming.delete(taking));
      if (!job) return undefined;
      pause.noteClaim();
      return workOf(job, options);
    },
    async cancel(id) {
      await Promise.allSettled(claiming);
      const lease = leases.get(id);
      if (!lease) return false;
      lease.revoke();
      await lease.ended;
      return (await store.get(id))?.state === 'cancelled';
    },
    cancelQueued: (job) =>
      endings.cancelled(job).then(
        () => true,
        (error: unknown) => {
          if (isProblem(error) && error.code === 'lease-lost') return false;
          throw error;
        },
      ),
    finish: (id) => leases.get(id)?.finish(),
    async replaceInstance({ worker, instance }) {
      const replaced = leases.all().filter((lease) => lease.worker === worker && lease.instance !== instance);
      await Promise.all(replaced.map((lease) => jobLeases.expire(lease, 'worker restarted')));
    },
    recover: () => recoverLeases(options, jobLeases),
    async leasedMediaIds() {
      const jobs = await Promise.all(leases.all().map(({ id }) => store.get(id)));
      return jobs.flatMap((job) => job?.mediaId ?? []);
    },
    stop() {
      for (const lease of leases.all()) leases.end(lease);
    },
  };
}

/** The work of a job that was claimed. */
async function workOf(
  job: JobRecord,
  { limits, sponsorBlock, itemOf, ...options }: JobDispatcherOptions,
): Promise<JobWork> {
  const { id, type, fence, url, mediaId, quality, isPlayable, fromItem } = job;
  const { proxyUrlFor, ways } = options;
  const named = job.title !== null && ownFileId(url) !== undefined ? { title: job.title } : {};
  const suffixed = isReplacing(job) ? { nameSuffix: suffixOf(job) } : {};
  const claimId = `${id}.${fence}`;
  const proxyUrl = await proxyUrlFor(claimId);
  const found = await ways.of(job, (upstream) => proxyUrlFor(claimId, upstream));
  const claimed = { id, fence, url, mediaId, isPlayable, type, quality, limits, proxyUrl };
  const live = job.liveSince === null ? {} : { live: { isStopped: job.isStopping } };
  const started = fromItem === null ? {} : { item: await itemOf(fromItem) };
  const marked = sponsorBlock === undefined ? {} : { sponsorBlock };
  return { kind: 'job', ...claimed, ...found, ...named, ...live, ...suffixed, ...started, ...marked };
}

/** Reports whether the files of a job come beside those of an item. */
function isReplacing({ repairs, fromItem, type }: JobRecord): boolean {
  return repairs !== null || (fromItem !== null && type === 'video');
}

async function recoverLeases({ store, endings }: JobDispatcherOptions, jobLeases: JobLeases): Promise<void> {
  for (const job of await store.leased()) {
    const { worker, instance } = job;
    if (worker !== null && instance !== null) jobLeases.open(job, { worker, instance });
    else await endings.released(job, { isWanted: true, countedAttempts: job.attempt });
  }
}

/** A suffix that no earlier copy of the item has. */
function suffixOf({ mediaId }: Pick<JobRecord, 'mediaId'>): string {
  return `r${mediaId.slice(0, 7)}`;
}
