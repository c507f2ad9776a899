import { isEnded, type JobState, type MediaDamage } from '@linkcast/contracts';

/** The step for an item that has lost files: start a job, or note how far its last one has come. */
export type RepairStep = 'start' | 'note-running' | 'note-failed' | 'nothing';

/**
 * Decides about an item by the note at it and the state of its last repair (undefined: it had none). Each damage is
 * repaired once: the scrub notes new damage without `repair`.
 */
export function repairStep(noted: MediaDamage['repair'], lastState: JobState | undefined): RepairStep {
  if (lastState !== undefined && !isEnded(lastState)) return noted === 'running' ? 'nothing' : 'note-running';
  if (noted === 'failed') return 'nothing';
  if (noted === 'running' && (lastState === 'failed' || lastState === 'cancelled')) return 'note-failed';
  return 'start';
}
