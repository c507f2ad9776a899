import type { ProblemType } from '../problems/problem-catalogue.ts';

/** Problems of this machine, and not of the source. */
const INTERRUPTIONS: readonly ProblemType[] = [
  'program-killed',
  'conversion-failed',
  'resources-exhausted',
  'internal',
  'storage-full',
  'storage-read-only',
  'storage-failing',
  'media-missing',
];

/** Reports whether the files of a recording stay after a failure: the next claim of its job goes on with them. */
export function keepsRecording(code: ProblemType): boolean {
  return INTERRUPTIONS.includes(code);
}
