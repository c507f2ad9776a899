import path from 'node:path';
import type { Logger, SandboxKind } from '@linkcast/kit';
import { createItemDecoder, type DecodeItem } from './item-decoder.ts';
import { createItemFiles, type WithItemFiles } from './item-file.ts';
import { createJobPipeline, type RunJobPipeline } from './job-pipeline.ts';
import { createStorageGuard } from './limits/storage-guard.ts';
import { createFfmpeg } from './programs/ffmpeg/ffmpeg.ts';
import { createSpareProcesses } from './programs/spare-processes.ts';
import { createYtDlp, type YtDlp } from './programs/ytdlp.ts';
import { createDownloaders, type Downloaders } from './releases/downloaders.ts';
import { createReleaseInstaller, type InstallRelease } from './releases/release-installer.ts';
import { createReleaseStore } from './releases/release-store.ts';
import type { OpenJobEgress } from './run/job-egress.ts';
import { createSourceList, type ListSource } from './source-list.ts';
import { createSourceProbe, type ProbeSource } from './source-probe.ts';

export type { DecodeItem } from './item-decoder.ts';
export type { ItemFiles, WithItemFiles } from './item-file.ts';
export type { RunJobPipeline } from './job-pipeline.ts';
export type { PipelineReporter } from './run/pipeline-reporter.ts';
export { RunStopped } from './run/run-stopped.ts';
export { changeNotes, readNotes } from './releases/release-notes.ts';
export { YT_DLP_SIGNING_KEY } from './releases/signing-key.ts';
export type { InstallRelease, OfferedRelease } from './releases/release-installer.ts';
export { ReleaseRefused } from './releases/release-refused.ts';
export type { ListSource } from './source-list.ts';
export type { ProbeSource } from './source-probe.ts';

/** The work of a worker: run jobs, answer probes, decode and copy published items, and report the version of its downloader. */
export interface Pipeline {
  readonly runJob: RunJobPipeline;
  readonly probeSource: ProbeSource;
  readonly listSource: ListSource;
  readonly decodeItem: DecodeItem;
  readonly withItemFiles: WithItemFiles;
  readonly downloader: Omit<Downloaders, 'use' | 'take'>;
  /** Undefined: releases of yt-dlp are not fetched. */
  readonly installRelease: InstallRelease | undefined;
  /** Ends the processes that wait for work. */
  stop(): Promise<void>;
}

export interface PipelineOptions {
  /** Marks the programs of this worker, see killLeftovers. */
  readonly owner: string;
  readonly sandbox: SandboxKind;
  readonly toolsDir: string;
  /** The folder of fetched releases of yt-dlp, and the key that signs them; undefined: the installed yt-dlp is used. */
  readonly releases?: { readonly folder: string; readonly signingKey: string } | undefined;
  readonly mediaDir: string;
  /** Part of the disk that may be in use, 0 to 1. */
  readonly storageLimit: number;
  /** Seconds without data before a source counts as stalled. */
  readonly stallSeconds: number;
  /** Processes of yt-dlp that wait for a link. */
  readonly spareDownloaders: number;
  readonly openEgress: OpenJobEgress;
  /** Pauses the decoding of published items after a program that took so long, in milliseconds. */
  readonly rest: (workedMs: number, signal: AbortSignal) => Promise<void>;
  readonly logger: Logger;
}

export function createPipeline(options: PipelineOptions): Pipeline {
  const { owner, sandbox, mediaDir, stallSeconds, logger, rest, releases } = options;
  const ffmpeg = createFfmpeg({ owner, sandbox });
  const store = releases && createReleaseStore(releases.folder);
  const spares = createSpareProcesses({ owner, sandbox, count: options.spareDownloaders });
  const ytDlpOf = (release: string | undefined): YtDlp => createYtDlp({ ...toolsOf(options), release, spares });
  const downloaders = createDownloaders({ store, createYtDlp: ytDlpOf, logger });
  const storage = createStorageGuard(mediaDir, options.storageLimit);
  const deps = {
    ffmpeg,
    openEgress: options.openEgress,
    storage,
    mediaDir,
    stallSeconds,
    logger,
  };
  return {
    runJob: (...run) => downloaders.use((ytDlp) => createJobPipeline({ ...deps, ytDlp })(...run)),
    probeSource: (...run) => downloaders.use((ytDlp) => createSourceProbe(ytDlp)(...run)),
    listSource: (...run) => downloaders.use((ytDlp) => createSourceList(ytDlp)(...run)),
    decodeItem: createItemDecoder({ ffmpeg, mediaDir, rest }),
    withItemFiles: createItemFiles({ ffmpeg, storage, mediaDir }),
    downloader: downloaders,
    installRelease:
      store &&
      createReleaseInstaller({
        ...{ store, downloaders, createYtDlp: ytDlpOf, owner, sandbox, logger, signingKey: releases.signingKey },
      }),
    stop: () => spares.stop(),
  };
}

function toolsOf({ toolsDir, owner, sandbox, stallSeconds }: PipelineOptions) {
  return {
    file: path.join(toolsDir, 'bin/yt-dlp'),
    denoFile: path.join(toolsDir, 'bin/deno'),
    denoDir: path.join(toolsDir, 'deno'),
    owner,
    sandbox,
    stallSeconds,
  };
}
