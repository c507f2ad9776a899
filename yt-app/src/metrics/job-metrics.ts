import { isEnded, type JobState } from '@linkcast/contracts';
import { Counter, Histogram, type Registry } from 'prom-client';
import type { StoredEvent } from '../jobs/job-lifecycle.ts';
import type { JobRecord } from '../jobs/job-table.ts';

/** Counts what happens to jobs. */
export interface JobMetrics {
  /** Notes an event of a job that is stored. @param job as it is after the event. */
  note(job: JobRecord, event: StoredEvent): void;
}

const ENDS = ['ready', 'failed', 'cancelled'] as const satisfies JobState[];
const DURATION_BUCKETS = [1, 5, 15, 60, 300, 900, 3600, 14_400];
const PLAYABLE_BUCKETS = [1, 2, 4, 8, 15, 30, 60, 300];

export function createJobMetrics(registry: Registry): JobMetrics {
  const registers = [registry];
  const durations = new Histogram({
    name: 'linkcast_job_duration_seconds',
    help: 'Time of a job from its last start to its end, by the state in which it ended.',
    labelNames: ['state'],
    buckets: DURATION_BUCKETS,
    registers,
  });
  const waits = new Histogram({
    name: 'linkcast_job_playable_seconds',
    help: 'Time from the submission of a link until it can be played.',
    buckets: PLAYABLE_BUCKETS,
    registers,
  });
  const failures = new Counter({
    name: 'linkcast_job_failures_total',
    help: 'Jobs that have failed for good, by problem.',
    labelNames: ['problem'],
    registers,
  });
  const retries = new Counter({
    name: 'linkcast_job_retries_total',
    help: 'Failures after which a job was queued again, by problem.',
    labelNames: ['problem'],
    registers,
  });
  const bytes = new Counter({
    name: 'linkcast_downloaded_bytes_total',
    help: 'Bytes of the items that were downloaded.',
    registers,
  });
  for (const state of ENDS) durations.zero({ state });

  const noteEnd = ({ state, startedAt, finishedAt }: JobRecord): void => {
    if (isEnded(state) && startedAt !== null && finishedAt !== null)
      durations.observe({ state }, seconds(finishedAt - startedAt));
  };
  return {
    note(job, { type }) {
      noteEnd(job);
      if (type === 'playable') waits.observe(seconds((job.playableAt ?? job.submittedAt) - job.submittedAt));
      if (type === 'completed' || type === 'recovered' || type === 'repaired') bytes.inc(job.bytes);
      const problem = job.problem?.code ?? 'internal';
      if (type === 'failed') failures.inc({ problem });
      if (type === 'postponed' && job.problem) retries.inc({ problem });
    },
  };
}

/** Clocks are set, so that an end may lie before its start. */
function seconds(durationMs: number): number {
  return Math.max(0, durationMs / 1000);
}
