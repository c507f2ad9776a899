import { isProblem, Problem, type ProblemType } from '@linkcast/contracts';
import { ownProblemOfError } from '../programs/own-failure.ts';
import { isMediaVolumeLost } from './media-volume.ts';
import type { PipelineRun } from './pipeline-run.ts';

/** Problems of this machine: what the source has sent does not matter. */
const OWN_PROBLEMS: readonly ProblemType[] = [
  'media-missing',
  'program-killed',
  'resources-exhausted',
  'storage-full',
  'storage-read-only',
  'storage-failing',
];

/** Replaces a failure by its cause: an absent media volume, a full disk, what this machine lacks, too many bytes, or an address that the egress proxy refused. */
export async function findCause(error: unknown, run: PipelineRun): Promise<unknown> {
  const { egress, storage, limits } = run;
  if (await isMediaVolumeLost(run, error)) return new Problem('media-missing', {}, { cause: error });
  if (await storage.isExhausted()) return new Problem('storage-full', {}, { cause: error });
  if (!isProblem(error)) return ownProblemOfError(error) ?? error;
  if (OWN_PROBLEMS.includes(error.code)) return error;
  const usage = await egress.usage();
  if (!usage) return error;
  const { refusedHost: host, isOverLimit } = usage;
  if (isOverLimit)
    return new Problem('too-large', { limit: { kind: 'size', bytes: limits.maxBytes } }, { cause: error });
  return host === null ? error : new Problem('source-forbidden', { host }, { cause: error });
}
