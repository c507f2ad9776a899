import { isProblem, Problem } from '@linkcast/contracts';
import type { PipelineRun } from './pipeline-run.ts';

/** Replaces a failure by its cause: a full disk, too many bytes, or an address that the egress proxy refused. */
export async function findCause(error: unknown, { egress, storage, limits }: PipelineRun): Promise<unknown> {
  if (await storage.isExhausted()) return new Problem('storage-full', {}, { cause: error });
  const usage = await egress.usage();
  if (!usage || !isProblem(error)) return error;
  const { refusedHost: host, isOverLimit } = usage;
  if (isOverLimit)
    return new Problem('too-large', { limit: { kind: 'size', bytes: limits.maxBytes } }, { cause: error });
  return host === null ? error : new Problem('source-forbidden', { host }, { cause: error });
}
