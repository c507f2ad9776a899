import type { JobWork, WorkLimits } from '@linkcast/contracts';
import type { Logger } from '@linkcast/kit';
import type { StorageGuard } from '../limits/storage-guard.ts';
import type { Ffmpeg } from '../programs/ffmpeg/ffmpeg.ts';
import type { YtDlp } from '../programs/ytdlp.ts';
import type { ItemPlace } from './item-place.ts';
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
  /** The route of the job: at first directly; later that of the way that has reached the source. */
  readonly egress: JobEgress;
  readonly takeEgress: (egress: JobEgress) => void;
  /** Of this claim alone. Removed at the end of a run, unless another one continues the job. */
  readonly workDirectory: string;
  readonly place: ItemPlace;
  /** The directory in which the files of the item are now; see {@link ItemPlace.directory}. */
  readonly mediaDirectory: string;
  /** Aborted when a person wants no more of a live source: what was recorded is kept. */
  readonly enough: AbortSignal;
  /** Ends every program of the job. Aborted by the caller, or by {@link PipelineRun.abort}. */
  readonly signal: AbortSignal;
  readonly abort: (reason: unknown) => void;
}
