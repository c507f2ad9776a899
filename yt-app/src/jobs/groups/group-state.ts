import type { ChildCounts, JobState } from '@linkcast/contracts';

/** The states of a parent job. */
export type GroupState = Extract<JobState, 'queued' | 'downloading' | 'ready' | 'failed' | 'cancelled'>;

/**
 * The state of a parent job, by those of its children. It is ready when at least one of them is, and none is open any more: a playlist
 * with a private video in it is no failure.
 *
 * @param isCancelled a person has cancelled the parent, and not retried it since.
 */
export function groupState(
  { total, queued, running, ready, failed, cancelled }: ChildCounts,
  isCancelled: boolean,
): GroupState {
  if (queued === total) return 'queued';
  if (queued + running > 0) return 'downloading';
  if (isCancelled && cancelled > 0) return 'cancelled';
  if (ready > 0) return 'ready';
  return failed > 0 ? 'failed' : 'cancelled';
}
