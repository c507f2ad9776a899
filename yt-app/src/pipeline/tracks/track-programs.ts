import path from 'node:path';
import type { Program } from '@linkcast/kit';
import { createRenditionPublisher, type ChosenRendition, type RenditionPublisher } from '../hls/rendition-publisher.ts';
import type { TrackPlan } from '../plan/track-plan.ts';
import type { FfmpegEnd } from '../programs/command-line.ts';
import type { Ffmpeg } from '../programs/ffmpeg.ts';
import { renditionOutput } from '../programs/rendition-arguments.ts';
import type { DownloadProgress } from '../programs/ytdlp-progress.ts';
import type { DownloadOptions, YtDlp } from '../programs/ytdlp.ts';
import { DOCUMENT_FILE } from '../source/download-document.ts';

/** One track, the programs that run it, and the callbacks that report what happens. */
export interface TrackRun {
  readonly ytDlp: YtDlp;
  readonly ffmpeg: Ffmpeg;
  readonly plan: TrackPlan;
  readonly proxyUrl: string;
  readonly mediaDirectory: string;
  /** Used by this track alone; contains its download document. */
  readonly workDirectory: string;
  readonly maxHeight: number;
  /** Further files made of the same bytes: the MP3. With their own inputs, such as the cover. */
  readonly extra: ExtraOutputs;
  readonly stallSeconds: number;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: DownloadProgress) => void;
  readonly onDownloading: (downloader: Program) => void;
  /** Called when the renditions are chosen, and ffmpeg has started. */
  readonly onConverting: (publishers: readonly RenditionPublisher[]) => void;
  /** Called when all data has come from the source. */
  readonly onDownloaded: () => void;
}

export interface ExtraOutputs {
  readonly inputs: readonly FfmpegEnd[];
  readonly outputs: readonly FfmpegEnd[];
}

export interface TrackResult {
  readonly publishers: readonly RenditionPublisher[];
  /** Seconds that the file states for its renditions; null when it was not probed, or does not state any. */
  readonly statedSeconds: number | null;
}

/** A running ffmpeg, and the publishers of what it writes. */
export interface Conversion {
  readonly program: Program;
  readonly publishers: readonly RenditionPublisher[];
}

export function startDownload(run: TrackRun, stdout: DownloadOptions['stdout']): Program {
  const downloader = run.ytDlp.download({
    documentFile: path.join(run.workDirectory, DOCUMENT_FILE),
    stdout,
    directory: run.workDirectory,
    proxyUrl: run.proxyUrl,
    signal: run.signal,
    onProgress: run.onProgress,
  });
  run.onDownloading(downloader);
  return downloader;
}

/** @param input a file, or {@link pipeInput}. */
export function startConversion(run: TrackRun, renditions: readonly ChosenRendition[], input: FfmpegEnd): Conversion {
  const isPipe = input.target === PIPE;
  const publishers = renditions.map((rendition) => createRenditionPublisher(rendition, run));
  const program = run.ffmpeg.start({
    inputs: [input, ...run.extra.inputs],
    outputs: [...renditions.map((rendition) => renditionOutput(rendition, run)), ...run.extra.outputs],
    directory: run.workDirectory,
    writable: [run.mediaDirectory],
    effort: renditions.some(isEncodedVideo) ? 'encode' : 'copy',
    signal: run.signal,
    ...(isPipe ? { stdin: 'pipe' } : {}),
    idleSeconds: isPipe ? run.stallSeconds * 2 : run.stallSeconds, // the watchdog of the download ends a stalled source first
  });
  run.onConverting(publishers);
  return { program, publishers };
}

const PIPE = 'pipe:0';

export function pipeInput(plan: TrackPlan): FfmpegEnd {
  return { target: PIPE, options: plan.keepTimestamps ? ['-copyts'] : [] };
}

function isEncodedVideo({ kind, handling }: ChosenRendition): boolean {
  return kind === 'video' && handling === 'encoded';
}
