import path from 'node:path';
import type { Logger, SandboxKind } from '@linkcast/kit';
import { createItemDecoder, type DecodeItem } from './item-decoder.ts';
import { createJobPipeline, type RunJobPipeline } from './job-pipeline.ts';
import { createStorageGuard } from './limits/storage-guard.ts';
import { createDownloaderVersion, type DownloaderVersion } from './programs/downloader-version.ts';
import { createFfmpeg } from './programs/ffmpeg.ts';
import { createYtDlp } from './programs/ytdlp.ts';
import type { OpenJobEgress } from './run/job-egress.ts';
import { createSourceList, type ListSource } from './source-list.ts';
import { createSourceProbe, type ProbeSource } from './source-probe.ts';

export type { DecodeItem } from './item-decoder.ts';
export type { RunJobPipeline } from './job-pipeline.ts';
export type { PipelineReporter } from './run/pipeline-reporter.ts';
export { RunStopped } from './run/run-stopped.ts';
export type { ListSource } from './source-list.ts';
export type { ProbeSource } from './source-probe.ts';

/** The work of a worker: run jobs, answer probes, decode published items, and report the version of its downloader. */
export interface Pipeline {
  readonly runJob: RunJobPipeline;
  readonly probeSource: ProbeSource;
  readonly listSource: ListSource;
  readonly decodeItem: DecodeItem;
  readonly downloader: DownloaderVersion;
}

export interface PipelineOptions {
  /** Marks the programs of this worker, see killLeftovers. */
  readonly owner: string;
  readonly sandbox: SandboxKind;
  readonly toolsDir: string;
  readonly mediaDir: string;
  /** Part of the disk that may be in use, 0 to 1. */
  readonly storageLimit: number;
  /** Seconds without data before a source counts as stalled. */
  readonly stallSeconds: number;
  readonly openEgress: OpenJobEgress;
  /** Pauses the decoding of published items after a program that took so long, in milliseconds. */
  readonly rest: (workedMs: number, signal: AbortSignal) => Promise<void>;
  readonly logger: Logger;
}

export function createPipeline(options: PipelineOptions): Pipeline {
  const { owner, sandbox, toolsDir, mediaDir, stallSeconds, logger, rest } = options;
  const ffmpeg = createFfmpeg({ owner, sandbox });
  const ytDlp = createYtDlp({
    file: path.join(toolsDir, 'bin/yt-dlp'),
    denoFile: path.join(toolsDir, 'bin/deno'),
    denoDir: path.join(toolsDir, 'deno'),
    owner,
    sandbox,
    stallSeconds,
  });
  const runJob = createJobPipeline({
    ytDlp,
    ffmpeg,
    openEgress: options.openEgress,
    storage: createStorageGuard(mediaDir, options.storageLimit),
    mediaDir,
    stallSeconds,
    logger,
  });
  return {
    runJob,
    probeSource: createSourceProbe(ytDlp),
    listSource: createSourceList(ytDlp),
    decodeItem: createItemDecoder({ ffmpeg, mediaDir, rest }),
    downloader: createDownloaderVersion(ytDlp, logger),
  };
}
