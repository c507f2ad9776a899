import { Problem, type LeaseAnswer, type WorkReport } from '@linkcast/contracts';
import type { JobPublisher } from '../jobs/job-publisher.ts';
import type { JobStore } from '../jobs/job-store.ts';
import type { JobRecord } from '../jobs/job-table.ts';
import type { JobEndings } from './job-endings.ts';
import type { JobEvents } from './job-events.ts';
import type { JobProgress } from './job-progress.ts';
import type { JobTurns } from './job-turns.ts';
import type { Lease } from './lease.ts';
import type { Leases } from './leases.ts';
import { problemOf } from './reported-problem.ts';

/** Takes the reports of workers about their jobs. */
export interface JobReports {
  /** Rejects with a problem: lease-lost, verification-failed. Reports of one job are taken one after another. */
  take(id: string, fence: number, report: WorkReport): Promise<LeaseAnswer>;
}

export interface JobReportsOptions {
  readonly store: Pick<JobStore, 'get'>;
  readonly leases: Leases;
  readonly turns: JobTurns;
  readonly publisher: JobPublisher;
  readonly jobEvents: JobEvents;
  readonly progress: JobProgress;
  readonly endings: JobEndings;
}

export function createJobReports(options: JobReportsOptions): JobReports {
  const { store, leases, turns, publisher, jobEvents, progress, endings } = options;

  /** @returns false when the worker should stop. */
  const apply = async (job: JobRecord, lease: Lease, report: WorkReport): Promise<boolean> => {
    switch (report.type) {
      case 'resolved':
        if (await progress.resolved(job, report.facts)) return lease.isWanted;
        leases.end(lease);
        return false;
      case 'entered':
        await jobEvents.apply(job, { type: report.state });
        return lease.isWanted;
      case 'progress':
        lease.progress = report.progress;
        publisher.publishProgress(job);
        return lease.isWanted;
      case 'playable':
        await progress.playable(job, report.facts);
        return lease.isWanted;
      case 'ready':
        await progress.completed(job, report.facts);
        leases.end(lease);
        return true;
      case 'failed':
        if (lease.isWanted) await endings.failed(job, problemOf(report.problem));
        else await endings.cancelled(job);
        leases.end(lease);
        return true;
      case 'stopped':
        await endings.released(job, { isWanted: lease.isWanted, countedAttempts: job.attempt - 1 });
        leases.end(lease);
        return true;
      case 'probed':
        throw new Problem('lease-lost');
    }
  };

  return {
    take: (id, fence, report) =>
      turns.run(id, async () => {
        const job = await store.get(id);
        if (isRepeated(job, fence, report)) return { isWanted: true };
        const lease = leases.require(id, fence);
        if (!job) throw new Problem('lease-lost');
        return { isWanted: await apply(job, lease, report) };
      }),
  };
}

/** The report that ended the work comes again when its answer was lost on the way. */
function isRepeated(job: JobRecord | undefined, fence: number, report: WorkReport): boolean {
  return job?.fence === fence && job.state === report.type;
}
