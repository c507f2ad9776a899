import type { ProblemType } from '@linkcast/contracts';
import type { JobRecord } from '../../jobs/job-table.ts';
import { pauseBeforeRetry } from './retry-policy.ts';
import { pauseBeforeUpcoming } from './upcoming-pause.ts';

/** The fields of a job that failed and is tried again. */
export type RetryPlan = Pick<JobRecord, 'attempt' | 'retries' | 'notBefore'>;

export interface RetryCircumstances {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** From 0 to 1. */
  readonly random: number;
  /** The next trial of the condition that concerns all jobs and to which the failure is due; undefined: there is none. */
  readonly nextTrialMs: number | undefined;
  /** The announced begin of a broadcast (ISO 8601). Default: none. */
  readonly startsAt?: string | undefined;
}

/** From its submission until then, what concerns all jobs does not count against the job; after it, it ends like any other. */
const UNCOUNTED_MS = 9 * 3_600_000;

/**
 * Decides about a job that has failed. What concerns all jobs counts neither as an attempt nor as a retry of the job.
 *
 * @returns undefined when the job is not tried again.
 */
export function planRetry(
  { attempt, retries, submittedAt }: Pick<JobRecord, 'attempt' | 'retries' | 'submittedAt'>,
  code: ProblemType,
  { now, random, nextTrialMs, startsAt }: RetryCircumstances,
): RetryPlan | undefined {
  if (nextTrialMs !== undefined && now - submittedAt < UNCOUNTED_MS)
    return { attempt: attempt - 1, retries, notBefore: nextTrialMs };
  const startsAtMs = startsAt === undefined ? undefined : Date.parse(startsAt);
  const pauseMs =
    code === 'source-upcoming'
      ? pauseBeforeUpcoming({ startsAtMs, submittedAt }, now)
      : pauseBeforeRetry(code, retries, random);
  return pauseMs === undefined ? undefined : { attempt, retries: retries + 1, notBefore: now + pauseMs };
}
