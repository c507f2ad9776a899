import type { ItemFacts, JobState, JobWork, Progress, SourceFacts, WorkLimits } from '@linkcast/contracts';
import type { Logger, RequestEgressUsage } from '@linkcast/kit';
import type { Ffmpeg } from '../programs/ffmpeg.ts';
import type { StorageGuard } from '../limits/storage-guard.ts';
import type { YtDlp } from '../programs/ytdlp.ts';

/** Fetches a small file under the same judgement of addresses as every download; see egress/. */
export type FetchBytes = (
  url: string,
  options: { maxBytes: number; timeoutMs: number; signal: AbortSignal },
) => Promise<{ status: number; body: Buffer }>;

/** The way out to the internet, for one job; see egress/. */
export interface JobEgress {
  readonly proxyUrl: string;
  readonly fetchBytes: FetchBytes;
  /** What came in so far, and what was refused. */
  readonly usage: RequestEgressUsage;
}

export interface PipelineDeps {
  readonly ytDlp: YtDlp;
  readonly ffmpeg: Ffmpeg;
  readonly openEgress: (proxyUrl: string, signal: AbortSignal) => Promise<JobEgress>;
  readonly storage: StorageGuard;
  readonly mediaDir: string;
  readonly stallSeconds: number;
  readonly logger: Logger;
}

/** One claim of a job. */
export type PipelineJob = Omit<JobWork, 'kind'>;

export interface PipelineReporter {
  /** Called once, before anything is downloaded. False: nothing more is wanted, because the library has it already. */
  resolved(facts: SourceFacts): Promise<boolean>;
  entered(state: Extract<JobState, 'downloading' | 'converting' | 'verifying'>): void;
  /** About once a second. */
  progressed(progress: Progress): void;
  /** Playback can start. Called once. */
  playable(facts: ItemFacts): void;
  /** All is there, verified and on the disk: makes it part of the library. When it rejects, the files are removed. */
  verified(facts: ItemFacts): Promise<void>;
}

/** One run of the pipeline: a job, what it may use, and where it writes. */
export interface PipelineRun extends PipelineDeps {
  readonly job: PipelineJob;
  readonly limits: WorkLimits;
  readonly reporter: PipelineReporter;
  readonly egress: JobEgress;
  /** Swept at the end, whatever happened. */
  readonly workDirectory: string;
  /** The item's own. */
  readonly mediaDirectory: string;
  /** Ends every program of the job. Aborted from outside, or by {@link PipelineRun.abort}. */
  readonly signal: AbortSignal;
  readonly abort: (reason: unknown) => void;
}
