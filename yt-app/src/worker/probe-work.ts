import {
  isProblem,
  Problem,
  type ApiClient,
  type ProbeWork,
  type WorkCookies,
  type WorkReport,
} from '@linkcast/contracts';
import type { Logger } from '@linkcast/kit';
import type { ListSource, ProbeSource } from '../pipeline/pipeline.ts';
import { WorkStopped, type WorkControl } from './work-control.ts';

export interface ProbeWorkOptions {
  readonly client: Pick<ApiClient, 'reportWork'>;
  readonly probeSource: ProbeSource;
  readonly listSource: ListSource;
  readonly logger: Logger;
}

const REPORT_MS = 10_000;

/** Reads a source URL and reports what it offers, or the list behind it. */
export type RunProbeWork = (work: ProbeWork, control: WorkControl) => Promise<void>;

export function createProbeWork({ client, probeSource, listSource, logger }: ProbeWorkOptions): RunProbeWork {
  const read = async (work: ProbeWork, run: Parameters<ProbeSource>[1]): Promise<WorkReport> =>
    work.purpose === 'list'
      ? { type: 'listed', listing: await listSource(work, run) }
      : { type: 'probed', probe: await probeSource(work, run) };

  return async (work, { signal, leaseLost }) => {
    const reports: WorkReport[] = [];
    const onCookies = (cookies: WorkCookies): void => void reports.push({ type: 'cookies', cookies });
    reports.push(await read(work, { signal, onCookies, logger }).catch(failureReport));
    if (leaseLost.aborted) return;
    const limit = AbortSignal.any([leaseLost, AbortSignal.timeout(REPORT_MS)]);
    try {
      for (const report of reports) await client.reportWork(work.id, { fence: work.fence, report }, limit);
    } catch (error) {
      logger.debug({ probeId: work.id, err: error }, 'probe not reported'); // its requester has left
    }
  };
}

function failureReport(error: unknown): WorkReport {
  if (error instanceof WorkStopped) return { type: 'stopped' };
  const { code, facts } = isProblem(error) ? error : new Problem('internal', {}, { cause: error });
  return { type: 'failed', problem: { code, ...(facts.limit === undefined ? {} : { limit: facts.limit }) } };
}
