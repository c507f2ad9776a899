import type { JobWork, WorkLimits } from '@linkcast/contracts';
import type { Logger } from '@linkcast/kit';
import type { StorageGuard } from '../limits/storage-guard.ts';
import type { Ffmpeg } from '../programs/ffmpeg.ts';
import type { YtDlp } from '../programs/ytdlp.ts';
import type { JobEgress, OpenJobEgress } from './job-egress.ts';
import type { PipelineReporter } from './pipeline-reporter.ts';

/** One claim of a job. */
export type PipelineJob = Omit<JobWork, 'kind'>;

export interface PipelineDeps {
  readonly ytDlp: YtDlp;
  readonly ffmpeg: Ffmpeg;
  readonly openEgress: OpenJobEgress;
  readonly storage: StorageGuard;
  readonly mediaDir: string;
  readonly stallSeconds: number;
  readonly logger: Logger;
}

/** One run of the pipeline: a job, its programs and limits, and its directories. */
export interface PipelineRun extends PipelineDeps {
  readonly job: PipelineJob;
  readonly limits: WorkLimits;
  readonly reporter: PipelineReporter;
  readonly egress: JobEgress;
  /** Removed at the end of every run. */
  readonly workDirectory: string;
  /** The directory of the item in the library; removed when the run fails. */
  readonly mediaDirectory: string;
  /** Ends every program of the job. Aborted by the caller, or by {@link PipelineRun.abort}. */
  readonly signal: AbortSignal;
  readonly abort: (reason: unknown) => void;
}
