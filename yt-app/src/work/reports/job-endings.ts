import { keepsRecording, Problem } from '@linkcast/contracts';
import type { AppDatabase } from '../../database/app-database.ts';
import { asksForRest } from '../../jobs/claims/host-rest.ts';
import type { JobEvent } from '../../jobs/job-lifecycle.ts';
import { toJobProblem } from '../../jobs/job-problem.ts';
import type { JobStore } from '../../jobs/job-store.ts';
import type { JobRecord } from '../../jobs/job-table.ts';
import type { ItemStore } from '../../library/items/item-store.ts';
import type { JobEvents } from './job-events.ts';
import type { UnfinishedItems } from './unfinished-items.ts';
import type { QueuePause } from '../waiting/queue-pause.ts';
import { planRetry, type RetryPlan } from '../waiting/retry-plan.ts';

/** Ends the work of a worker on a job. Each function rejects with `lease-lost` when the job's state does not allow it. */
export interface JobEndings {
  /** The job has failed, after the ways that its record names as tried; for a reason that passes it is queued again, with a pause. */
  failed(job: JobRecord, problem: Problem): Promise<void>;
  cancelled(job: JobRecord): Promise<void>;
  /** The worker vanished, or has stopped: completes, cancels, requeues or fails the job. */
  released(job: JobRecord, release: Release): Promise<void>;
}

export interface Release {
  /** False once the job was cancelled. */
  readonly isWanted: boolean;
  /** Attempts used up. One that ended because its worker stopped in order is not counted. */
  readonly countedAttempts: number;
}

export interface JobEndingsOptions {
  readonly items: Pick<ItemStore, 'get'>;
  readonly store: Pick<JobStore, 'rest'>;
  readonly unfinished: UnfinishedItems;
  readonly database: AppDatabase;
  readonly jobEvents: JobEvents;
  readonly pause: Pick<QueuePause, 'noteFailure'>;
  /** Reports whether a person is an owner. */
  readonly isOwner: (personId: string) => Promise<boolean>;
}

/**
 * A job whose worker vanished runs again; after this many interruptions it has failed: it may be what ends the worker. Attempts that
 * ended with a retry do not count.
 */
const MAX_INTERRUPTIONS = 5;

export function createJobEndings(options: JobEndingsOptions): JobEndings {
  const { items, store, unfinished, database, jobEvents } = options;

  /** Applies the event, and removes the item of the job from the library while it is only playable. */
  const end = (job: JobRecord, event: JobEvent): Promise<void> =>
    database.transaction(async () => {
      await unfinished.remove(job);
      await jobEvents.apply(job, event);
    });
  /** Queues the job again. What can be played of its item stays in the library. */
  const requeued = (job: JobRecord, attempt: number): Promise<void> =>
    database.transaction(async () => {
      database.afterTransaction(() => unfinished.discard(job)); // also when its end is unknown: the next claim may make another item
      await jobEvents.apply(job, { type: 'requeued', attempt });
    });
  /** A recording that is interrupted by this machine goes on with what is there. */
  const isInterrupted = (job: JobRecord, { code }: Problem): boolean =>
    job.liveSince !== null && keepsRecording(code) && job.attempt - job.retries < MAX_INTERRUPTIONS;
  const failed = async (job: JobRecord, problem: Problem): Promise<void> => {
    if (isInterrupted(job, problem)) return requeued(job, job.attempt);
    const { host, personId } = job;
    const isOwners = personId !== null && (await options.isOwner(personId));
    const nextTrialMs = options.pause.noteFailure({ host, personId, isOwners }, problem.code);
    const retry = planRetry(job, problem.code, {
      ...{ now: Date.now(), random: Math.random(), nextTrialMs },
      startsAt: problem.facts.startsAt,
    });
    if (retry) await postponed(job, problem, retry);
    else await failedForGood(job, problem);
  };
  /** A host that asks for fewer requests gets none: not from the other jobs either. */
  const postponed = (job: JobRecord, problem: Problem, retry: RetryPlan): Promise<void> =>
    database.transaction(async () => {
      const stored = toJobProblem(problem);
      await end(job, { type: 'postponed', problem: stored, tried: job.tried, ...retry });
      if (asksForRest(problem.code)) await store.rest(job.host, { problem: stored, notBefore: retry.notBefore });
    });
  const failedForGood = (job: JobRecord, problem: Problem): Promise<void> =>
    end(job, { type: 'failed', problem: toJobProblem(problem), tried: job.tried, finishedAt: Date.now() });
  const cancelled = (job: JobRecord): Promise<void> => end(job, { type: 'cancelled', finishedAt: Date.now() });

  return {
    failed,
    cancelled,
    async released(job, { isWanted, countedAttempts }) {
      const item = await items.get(job.mediaId);
      if (item?.state === 'ready') {
        const { handling, bytes } = item;
        const finishedAt = Date.now();
        await jobEvents.apply(job, { type: 'recovered', isPlayable: true, handling, bytes, finishedAt });
        return;
      }
      if (!isWanted) await cancelled(job);
      else if (countedAttempts - job.retries < MAX_INTERRUPTIONS) await requeued(job, countedAttempts);
      else await failedForGood(job, new Problem('attempts-exhausted'));
    },
  };
}
