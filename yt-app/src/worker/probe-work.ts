import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isProblem, Problem, type ApiClient, type ProbeWork, type WorkReport } from '@linkcast/contracts';
import type { Logger } from '@linkcast/kit';
import { describeSource } from '../pipeline/source/source-description.ts';
import type { YtDlp } from '../pipeline/programs/ytdlp.ts';
import { WorkStopped, type WorkControl } from './stop-reasons.ts';

export interface ProbeWorkOptions {
  readonly client: Pick<ApiClient, 'reportWork'>;
  readonly ytDlp: YtDlp;
  readonly logger: Logger;
}

const REPORT_MS = 10_000;

/** Resolves a link and reports what it offers. */
export type RunProbeWork = (work: ProbeWork, control: WorkControl) => Promise<void>;

export function createProbeWork({ client, ytDlp, logger }: ProbeWorkOptions): RunProbeWork {
  const resolve = async ({ url, proxyUrl }: ProbeWork, signal: AbortSignal): Promise<WorkReport> => {
    const directory = await mkdtemp(path.join(tmpdir(), 'linkcast-probe-'));
    try {
      const { info } = await ytDlp.resolve(url, { directory, proxyUrl, signal });
      return { type: 'probed', probe: describeSource(info) };
    } catch (error) {
      if (error instanceof WorkStopped) return { type: 'stopped' };
      const { code, facts } = isProblem(error) ? error : new Problem('internal', {}, { cause: error });
      return { type: 'failed', problem: { code, ...(facts.limit === undefined ? {} : { limit: facts.limit }) } };
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  };

  return async (work, control) => {
    const report = await resolve(work, control.signal);
    if (control.leaseLost.aborted) return;
    const limit = AbortSignal.any([control.leaseLost, AbortSignal.timeout(REPORT_MS)]);
    await client
      .reportWork(work.id, { fence: work.fence, report }, limit)
      .catch((error: unknown) => logger.debug({ probeId: work.id, err: error }, 'probe not reported')); // nobody waits any more
  };
}
