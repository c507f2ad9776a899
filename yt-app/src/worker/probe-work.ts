import { isProblem, Problem, type ApiClient, type ProbeWork, type WorkReport } from '@linkcast/contracts';
import type { Logger } from '@linkcast/kit';
import type { ProbeSource } from '../pipeline/pipeline.ts';
import { WorkStopped, type WorkControl } from './work-control.ts';

export interface ProbeWorkOptions {
  readonly client: Pick<ApiClient, 'reportWork'>;
  readonly probeSource: ProbeSource;
  readonly logger: Logger;
}

const REPORT_MS = 10_000;

/** Resolves a source URL and reports what it offers. */
export type RunProbeWork = (work: ProbeWork, control: WorkControl) => Promise<void>;

export function createProbeWork({ client, probeSource, logger }: ProbeWorkOptions): RunProbeWork {
  return async (work, { signal, leaseLost }) => {
    const report: WorkReport = await probeSource(work, signal).then(
      (probe) => ({ type: 'probed', probe }),
      (error: unknown) => failureReport(error),
    );
    if (leaseLost.aborted) return;
    const limit = AbortSignal.any([leaseLost, AbortSignal.timeout(REPORT_MS)]);
    await client
      .reportWork(work.id, { fence: work.fence, report }, limit)
      .catch((error: unknown) => logger.debug({ probeId: work.id, err: error }, 'probe not reported')); // its requester has left
  };
}

function failureReport(error: unknown): WorkReport {
  if (error instanceof WorkStopped) return { type: 'stopped' };
  const { code, facts } = isProblem(error) ? error : new Problem('internal', {}, { cause: error });
  return { type: 'failed', problem: { code, ...(facts.limit === undefined ? {} : { limit: facts.limit }) } };
}
