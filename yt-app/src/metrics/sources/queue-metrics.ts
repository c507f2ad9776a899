import { JobState } from '@linkcast/contracts';
import type { JobStatistics } from '../../jobs/job-statistics.ts';
import type { PauseReason, QueuePause } from '../../work/waiting/queue-pause.ts';
import type { MetricSource } from '../metric-source.ts';

const REASONS: readonly PauseReason[] = ['storage', 'network', 'downloader'];

/** The jobs in each state, and the pauses of the queue. */
export function createQueueMetrics(
  jobs: Pick<JobStatistics, 'counts' | 'countDue'>,
  pause: Pick<QueuePause, 'reasons'>,
  clock: () => number = Date.now,
): MetricSource {
  return {
    name: 'queue',
    gauges: {
      linkcast_jobs: { help: 'Jobs by state.', label: 'state' },
      linkcast_queue_depth: { help: 'Jobs that wait for their turn.' },
      linkcast_queue_due: { help: 'Jobs that wait for their turn and may start now.' },
      linkcast_queue_paused: { help: '1: no job starts for this reason.', label: 'reason' },
    },
    async read() {
      const [counts, due] = [await jobs.counts(), await jobs.countDue(clock())];
      const reasons = pause.reasons();
      return {
        linkcast_jobs: Object.fromEntries(JobState.options.map((state) => [state, counts[state] ?? 0])),
        linkcast_queue_depth: counts.queued ?? 0,
        linkcast_queue_due: due,
        linkcast_queue_paused: Object.fromEntries(REASONS.map((reason) => [reason, reasons.has(reason) ? 1 : 0])),
      };
    },
  };
}
