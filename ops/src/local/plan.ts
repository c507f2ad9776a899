import type { Language } from '@linkcast/texts';
import type { Part } from '../parts.ts';

/** The lock of the data directory that the supervisor holds: `linkcast.lock`. */
export const LOCAL_LOCK = 'linkcast';

/** The result of `plan/main.ts`, which runs before the supervisor starts anything. It ends then, and its memory is free again. */
export interface LocalPlan {
  /** Those that are configured, in the order in which they start. */
  readonly parts: readonly Part[];
  /** Of databases, secrets and state; absolute. */
  readonly dataDirectory: string;
  readonly ytAppUrl: string;
  /** Of what the supervisor prints for the owner. */
  readonly language: Language;
  /** False: nothing on this machine confines the programs that handle media. */
  readonly isConfined: boolean;
}

/** Reads what {@link writePlan} wrote. */
export function readPlan(text: string): LocalPlan {
  return JSON.parse(text) as LocalPlan; // our own program printed it
}

export function writePlan(plan: LocalPlan): string {
  return JSON.stringify(plan);
}
