import { Problem, type ItemFacts, type LeaseAnswer, type WorkReport } from '@linkcast/contracts';
import type { JobPublisher } from '../../jobs/job-publisher.ts';
import type { JobStore } from '../../jobs/job-store.ts';
import type { JobRecord } from '../../jobs/job-table.ts';
import type { SourceWays } from '../../profiles/source-ways.ts';
import type { JobEndings } from './job-endings.ts';
import type { JobEvents } from './job-events.ts';
import type { JobProgress } from './job-progress.ts';
import type { JobChanges } from './job-changes.ts';
import type { Lease } from '../leases/lease.ts';
import type { QueuePause } from '../waiting/queue-pause.ts';
import type { Leases } from '../leases/leases.ts';
import type { StorageReservations } from '../leases/storage-reservations.ts';
import { problemOf } from './reported-problem.ts';

/** Takes the reports of workers about their jobs. */
export interface JobReports {
  /** Rejects with a problem: lease-lost, verification-failed. Reports of one job are taken one after another. */
  take(id: string, fence: number, report: WorkReport): Promise<LeaseAnswer>;
}

export interface JobReportsOptions {
  readonly store: Pick<JobStore, 'get'>;
  readonly leases: Leases;
  readonly changes: JobChanges;
  readonly publisher: JobPublisher;
  readonly jobEvents: JobEvents;
  readonly progress: JobProgress;
  /** The same for jobs that repair an item. */
  readonly repair: JobProgress;
  /** The same for jobs that add to the files of an item. */
  readonly update: JobProgress;
  readonly endings: JobEndings;
  readonly pause: Pick<QueuePause, 'noteResolved'>;
  readonly ways: Pick<SourceWays, 'noteWorked' | 'takeCookies'>;
  readonly reservations: Pick<StorageReservations, 'reserve'>;
}

type ResolvedReport = Extract<WorkReport, { type: 'resolved' }>;
type FailedReport = Extract<WorkReport, { type: 'failed' }>;

export function createJobReports(options: JobReportsOptions): JobReports {
  const { store, leases, changes, publisher, jobEvents, endings } = options;
  const progressOf = ({ repairs, fromItem, type }: JobRecord): JobProgress => {
    if (repairs !== null) return options.repair;
    return fromItem !== null && type === 'video' ? options.update : options.progress;
  };

  const ends = createEnds(options, progressOf);

  const resolved = async (job: JobRecord, lease: Lease, report: ResolvedReport): Promise<boolean> => {
    if (!(await progressOf(job).resolved(job, report.facts, report.tried ?? null))) leases.end(lease);
    else if (await options.reservations.reserve(lease, report.estimatedBytes ?? null)) return lease.isWanted;
    else await ends.postpone(job.id, lease);
    return false;
  };
  /** @returns false when the worker should stop. */
  const apply = async (job: JobRecord, lease: Lease, report: WorkReport): Promise<boolean> => {
    switch (report.type) {
      case 'resolved':
        options.pause.noteResolved();
        return resolved(job, lease, report);
      case 'cookies':
        await options.ways.takeCookies(job, report.cookies);
        return lease.isWanted;
      case 'entered':
        await jobEvents.apply(job, { type: report.state });
        return lease.isWanted;
      case 'progress':
        lease.progress = report.progress;
        publisher.publishProgress(job);
        return lease.isWanted;
      case 'playable':
        await progressOf(job).playable(job, report.facts);
        return lease.isWanted;
      case 'ready':
        await ends.completed(job, lease, report.facts);
        return true;
      case 'failed':
        await ends.failed(job, lease, report);
        return true;
      case 'stopped':
        await endings.released(job, { isWanted: lease.isWanted, countedAttempts: job.attempt - 1 });
        leases.end(lease);
        return true;
      default: // of a probe, a decode or a delivery
        throw new Problem('lease-lost');
    }
  };

  return {
    take: (id, fence, report) =>
      changes.run(id, async () => {
        const job = await store.get(id);
        if (isRepeated(job, fence, report)) return { isWanted: true };
        const lease = leases.require(id, fence);
        if (!job) throw new Problem('lease-lost');
        return { isWanted: await apply(job, lease, report) };
      }),
  };
}

/** The reports that end the work on a job. */
function createEnds(options: JobReportsOptions, progressOf: (job: JobRecord) => JobProgress) {
  const { store, leases, endings, ways } = options;
  return {
    /** There is no room for the job now: it waits for its next try, and its worker has nothing to report. */
    async postpone(id: string, lease: Lease): Promise<void> {
      const job = await store.get(id);
      if (job && lease.isWanted) await endings.failed(job, new Problem('storage-full'));
      else if (job) await endings.cancelled(job);
      leases.end(lease);
    },
    async failed(job: JobRecord, lease: Lease, report: FailedReport): Promise<void> {
      if (lease.isWanted) await endings.failed({ ...job, tried: report.tried ?? job.tried }, problemOf(report.problem));
      else await endings.cancelled(job);
      leases.end(lease);
    },
    async completed(job: JobRecord, lease: Lease, facts: ItemFacts): Promise<void> {
      await progressOf(job).completed(job, facts);
      await ways.noteWorked(job);
      leases.end(lease);
    },
  };
}

/** The report that ended the work comes again when its answer was lost on the way. */
function isRepeated(job: JobRecord | undefined, fence: number, report: WorkReport): boolean {
  if (job?.fence !== fence) return false;
  return job.state === report.type || (report.type === 'failed' && job.state === 'queued' && job.problem !== null);
}
