import type { Program } from '@linkcast/kit';
import type { Readable } from 'node:stream';
import {
  createRenditionPublisher,
  type ChosenRendition,
  type PublisherLocation,
  type RenditionPublisher,
} from '../hls/rendition-publisher.ts';
import type { KeptSource } from './kept-source.ts';
import type { TrackPlan } from '../plan/track-plan.ts';
import type { FfmpegEnd } from '../programs/command-line.ts';
import type { Ffmpeg } from '../programs/ffmpeg/ffmpeg.ts';
import { renditionOutput } from '../programs/ffmpeg/rendition-arguments.ts';
import type { DownloadProgress } from '../programs/ytdlp-progress.ts';
import type { PreparedDownload } from '../programs/ytdlp.ts';

/** The conversion of one track. */
export interface ConversionRun extends PublisherLocation {
  readonly ffmpeg: Ffmpeg;
  readonly plan: TrackPlan;
  /** Further files made of the same bytes: the MP3. With their own inputs, such as the cover. */
  readonly extra: ExtraOutputs;
  readonly stallSeconds: number;
  readonly signal: AbortSignal;
  /** Called when the renditions are chosen, and ffmpeg has started. */
  readonly onConverting: (publishers: readonly RenditionPublisher[]) => void;
}

/** The download of one track. */
export interface TrackDownload {
  readonly download: PreparedDownload;
  /** The bytes that have come, for a run that continues this one; null: it would begin anew. */
  readonly kept: KeptSource | null;
  /** The download document of the track. */
  readonly document: string;
  readonly onProgress: (progress: DownloadProgress) => void;
  readonly onDownloading: (downloader: Program) => void;
  /** Called when all data has come from the source. */
  readonly onDownloaded: () => void;
}

/** One track, the programs that run it, and the callbacks that report what happens. */
export type TrackRun = ConversionRun & TrackDownload;

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

/** Begins the prepared download. */
export function startDownload({ download, document, onProgress, onDownloading }: TrackRun): Program {
  download.begin(document, onProgress);
  onDownloading(download.program);
  return download.program;
}

/**
 * @param input a file, or {@link pipeInput}.
 * @param stdin the pipe that is the input; default: one from this process.
 */
export function startConversion(
  run: ConversionRun,
  renditions: readonly ChosenRendition[],
  input: FfmpegEnd,
  stdin: Readable | 'pipe' = 'pipe',
): Conversion {
  const isPipe = input.target === PIPE;
  const publishers = renditions.map((rendition) => createRenditionPublisher(rendition, run));
  const program = run.ffmpeg.start({
    inputs: [run.live ? joinJumps(input) : input, ...run.extra.inputs],
    outputs: [...renditions.map((rendition) => renditionOutput(rendition, run)), ...run.extra.outputs],
    directory: run.workDirectory,
    writable: [run.mediaDirectory],
    effort: renditions.some(isEncodedVideo) ? 'encode' : 'copy',
    isTolerant: run.live !== undefined,
    signal: run.signal,
    ...(isPipe ? { stdin } : {}),
    idleSeconds: isPipe ? run.stallSeconds * 2 : run.stallSeconds, // the watchdog of the download ends a stalled source first
  });
  run.onConverting(publishers);
  return { program, publishers };
}

const PIPE = 'pipe:0';

export function pipeInput(plan: TrackPlan): FfmpegEnd {
  return { target: PIPE, options: plan.keepTimestamps ? ['-copyts'] : [] };
}

/** Joins time stamps that jump by more than a second. ffmpeg does so for jumps of more than ten by itself. */
function joinJumps({ target, options }: FfmpegEnd): FfmpegEnd {
  return { target, options: ['-dts_delta_threshold', '1', ...options] };
}

function isEncodedVideo({ kind, handling }: ChosenRendition): boolean {
  return kind === 'video' && handling === 'encoded';
}
