import { z } from 'zod';

/** `queued → resolving → downloading → converting → verifying → ready`, or `failed`, `cancelled`. */
export const JobState = z
  .enum(['queued', 'resolving', 'downloading', 'converting', 'verifying', 'ready', 'failed', 'cancelled'])
  .meta({ id: 'JobState' });
export type JobState = z.infer<typeof JobState>;

/** States that a job never leaves by itself. */
export const endStates = ['ready', 'failed', 'cancelled'] as const satisfies JobState[];

export function isEnded(state: JobState): boolean {
  return (endStates as readonly JobState[]).includes(state);
}
