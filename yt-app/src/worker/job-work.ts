import { isProblem, Problem, type ApiClient, type JobWork, type TriedWays, type WorkReport } from '@linkcast/contracts';
import type { Logger } from '@linkcast/kit';
import type { PipelineReporter, RunJobPipeline } from '../pipeline/pipeline.ts';
import { createReportSender, type ReportSender } from './report-sender.ts';
import { WorkStopped, type WorkControl } from './work-control.ts';

export interface JobWorkOptions {
  readonly client: Pick<ApiClient, 'reportWork'>;
  readonly runJob: RunJobPipeline;
  readonly logger: Logger;
}

/** Runs the pipeline for one job and reports its progress. Resolves when its programs have ended and the end is reported. */
export type RunJobWork = (work: JobWork, control: WorkControl) => Promise<void>;

export function createJobWork({ client, runJob, logger }: JobWorkOptions): RunJobWork {
  return async (work, control) => {
    const log = logger.child({ jobId: work.id, mediaId: work.mediaId });
    log.info({ fence: work.fence }, 'attempt started');
    const sender = createReportSender({ client, job: work, control, logger: log });
    const reporter = reporterOf(sender, control);
    try {
      await runJob(work, reporter, control.signal, control.enough);
      log.info('attempt finished');
    } catch (error) {
      logFailure(log, error);
      const report = finalReport(error, reporter.triedWays());
      if (report)
        await sender
          .send(report)
          .catch((refusal: unknown) => log.warn({ err: refusal }, 'end of attempt not reported'));
    }
    await sender.idle();
  };
}

/** @returns the reporter of an attempt, with the ways that it has tried; undefined: there are none. */
function reporterOf(
  sender: ReportSender,
  control: WorkControl,
): PipelineReporter & { readonly triedWays: () => TriedWays | undefined } {
  let tried: TriedWays | undefined;
  return {
    triedWays: () => tried,
    tried: (ways) => void (tried = ways),
    cookies: (cookies) => sender.post({ type: 'cookies', cookies }),
    async resolved(facts, estimatedBytes) {
      const { isWanted } = await sender.send({ type: 'resolved', facts, estimatedBytes, ...(tried && { tried }) });
      if (isWanted && facts.isLive === true) control.onRecording();
      return isWanted;
    },
    entered: (state) => sender.post({ type: 'entered', state }),
    progressed: (progress) => sender.post({ type: 'progress', progress }),
    playable: (facts) => sender.post({ type: 'playable', facts }),
    verified: async (facts) => {
      await sender.send({ type: 'ready', facts });
    },
  };
}

/** @returns undefined when another worker may have the job. */
function finalReport(error: unknown, tried: TriedWays | undefined): WorkReport | undefined {
  if (isLeaseLost(error)) return undefined;
  if (error instanceof WorkStopped) return { type: 'stopped' };
  const { code, facts } = isProblem(error) ? error : new Problem('internal');
  if (code === 'lease-lost') return undefined;
  const { limit, host, startsAt } = facts;
  return {
    type: 'failed',
    problem: {
      code,
      ...(limit === undefined ? {} : { limit }),
      ...(host === undefined ? {} : { host }),
      ...(startsAt === undefined ? {} : { startsAt }),
    },
    ...(tried && { tried }),
  };
}

function isLeaseLost(error: unknown): boolean {
  return error instanceof WorkStopped && error.by === 'lease-lost';
}

function logFailure(logger: Logger, error: unknown): void {
  if (error instanceof WorkStopped) logger.info({ by: error.by }, 'attempt stopped');
  else if (isProblem(error)) logger.warn({ problem: error.code, err: error }, 'attempt failed');
  else logger.error({ err: error }, 'attempt failed');
}
