import { createWriteStream } from 'node:fs';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Problem } from '@linkcast/contracts';
import type { Program } from '@linkcast/kit';
import type { FfmpegEnd } from '../programs/command-line.ts';
import { DOCUMENT_FILE } from '../source/download-document.ts';
import type { Ffmpeg } from '../programs/ffmpeg.ts';
import { keepUnread, readHead, type Head } from './head.ts';
import type { TrackPlan } from '../plan/download-plan.ts';
import type { ProbedFile } from '../programs/probed-file.ts';
import { renditionOutput } from '../programs/rendition-arguments.ts';
import { createRenditionPublisher, type RenditionOutput, type RenditionPublisher } from '../hls/rendition-publisher.ts';
import { settleRenditions } from './rendition-choice.ts';
import { finishBoth, throwUnlessConverted } from './track-end.ts';
import { throwUnlessFinished } from '../programs/ytdlp-errors.ts';
import type { DownloadProgress } from '../programs/ytdlp-progress.ts';
import type { YtDlp } from '../programs/ytdlp.ts';

const NOTHING_MORE_WANTED = 'nothing more is wanted';

export interface TrackOptions {
  readonly plan: TrackPlan;
  readonly proxyUrl: string;
  readonly mediaDirectory: string;
  /** Of this track alone; the download document is in it. */
  readonly workDirectory: string;
  readonly maxHeight: number;
  /** Further files made of the same bytes: the MP3. With their own inputs, such as the cover. */
  readonly extra: { readonly inputs: readonly FfmpegEnd[]; readonly outputs: readonly FfmpegEnd[] };
  readonly stallSeconds: number;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: DownloadProgress) => void;
  readonly onDownloading: (downloader: Program) => void;
  /** The renditions are settled, and from now on there is something to publish. */
  readonly onStarted: (publishers: readonly RenditionPublisher[]) => void;
  /** Everything has come from the source; what follows is our own work. */
  readonly onDownloaded: () => void;
}

export interface TrackResult {
  readonly publishers: readonly RenditionPublisher[];
  /** Seconds that the file itself announces of what is made of it, when it was looked into. */
  readonly announcedSeconds: number | null;
}

/** A track that has come, and what it told of its length. */
export interface DownloadedTrack extends TrackResult {
  readonly plan: TrackPlan;
}

/** Brings one format into the library: yt-dlp's output goes into ffmpeg, which writes the renditions. */
export type RunTrack = (options: TrackOptions) => Promise<TrackResult>;

export function createTrackRunner({ ytDlp, ffmpeg }: { ytDlp: YtDlp; ffmpeg: Ffmpeg }): RunTrack {
  /** Starts ffmpeg on an input and says what will be published. */
  const convert = (options: TrackOptions, renditions: readonly RenditionOutput[], input: FfmpegEnd, stdin?: 'pipe') => {
    const publishers = renditions.map((rendition) => createRenditionPublisher(rendition, options));
    const program = ffmpeg.start({
      inputs: [input, ...options.extra.inputs],
      outputs: [...renditions.map((rendition) => renditionOutput(rendition, options)), ...options.extra.outputs],
      directory: options.workDirectory,
      writable: [options.mediaDirectory],
      effort: renditions.some(isEncodedPicture) ? 'encode' : 'copy',
      signal: options.signal,
      ...(stdin ? { stdin } : {}),
      idleSeconds: stdin ? options.stallSeconds * 2 : options.stallSeconds, // a source that stalls is noticed first
    });
    options.onStarted(publishers);
    return { program, publishers };
  };

  const download = (options: TrackOptions, stdout: Parameters<YtDlp['download']>[0]['stdout']): Program => {
    const downloader = ytDlp.download(
      { documentFile: path.join(options.workDirectory, DOCUMENT_FILE), stdout },
      {
        directory: options.workDirectory,
        proxyUrl: options.proxyUrl,
        signal: options.signal,
        onProgress: options.onProgress,
      },
    );
    options.onDownloading(downloader);
    return downloader;
  };

  /** The fast way: yt-dlp writes into ffmpeg's descriptor, the bytes never pass through Node. */
  const runPiped = async (options: TrackOptions): Promise<TrackResult> => {
    const renditions = options.plan.renditions.map(
      (rendition) => ({ ...rendition, handling: rendition.handling === 'copied' ? 'copied' : 'encoded' }) as const,
    );
    const { program: converter, publishers } = convert(options, renditions, pipeInput(options.plan), 'pipe');
    if (!converter.stdin) throw new Error('ffmpeg was started without a pipe');
    const onProgress = (progress: DownloadProgress): void => {
      converter.touch(); // as long as the source sends, it is the source that is waited for
      options.onProgress(progress);
    };
    const downloader = download({ ...options, onProgress }, converter.stdin);
    converter.stdin.destroy(); // ours; the two programs have their own
    await finishBoth({ downloader, converter, publishers }, options);
    return { publishers, announcedSeconds: null };
  };

  /** The careful way: the first bytes decide whether the rest goes through a pipe or has to be whole first. */
  const runInspected = async (options: TrackOptions): Promise<TrackResult> => {
    const downloader = download(options, 'pipe');
    if (!downloader.stdout) throw new Error('yt-dlp was started without a pipe');
    const stream = keepUnread(downloader.stdout);
    try {
      const head = await readHead(stream, { ffmpeg, directory: options.workDirectory, signal: options.signal });
      if (head.verdict === 'streamable') return await runHeadThenRest(options, downloader, head, stream);
      if (head.verdict === 'index-at-end') return await runWhole(options, downloader, head, stream);
      if (stream.readableEnded) throwUnlessFinished(await downloader.outcome, options.signal);
      throw new Problem('source-not-media');
    } finally {
      stream.destroy(); // what nobody reads would keep the program from ending
      await downloader.stop(NOTHING_MORE_WANTED); // whatever went wrong, it is gone before its files are
    }
  };

  const runHeadThenRest = async (
    options: TrackOptions,
    downloader: Program,
    head: Head,
    rest: Readable,
  ): Promise<TrackResult> => {
    const renditions = settleRenditions(options.plan, head.probed);
    const { program: converter, publishers } = convert(options, renditions, pipeInput(options.plan), 'pipe');
    if (!converter.stdin) throw new Error('ffmpeg was started without a pipe');
    converter.stdin.write(head.bytes);
    rest.on('data', () => converter.touch());
    // When either end breaks, the programs' own outcomes say why.
    const fed = pipeline(rest, converter.stdin, { signal: options.signal }).catch(() => undefined);
    await finishBoth({ downloader, converter, publishers }, options);
    await fed;
    return {
      publishers,
      announcedSeconds: head.probed?.hasOwnDuration ? announcedSeconds(renditions, head.probed) : null,
    };
  };

  const runWhole = async (
    options: TrackOptions,
    downloader: Program,
    head: Head,
    rest: Readable,
  ): Promise<TrackResult> => {
    const file = path.join(options.workDirectory, 'source');
    const sink = createWriteStream(file);
    sink.write(head.bytes);
    const [downloaded, saved] = await Promise.allSettled([
      downloader.outcome,
      pipeline(rest, sink, { signal: options.signal }),
    ]);
    if (downloaded.status === 'fulfilled') throwUnlessFinished(downloaded.value, options.signal);
    if (saved.status === 'rejected') throw new Error('the source file could not be written', { cause: saved.reason });
    options.onDownloaded();

    const probed = await ffmpeg.probe(file, options.signal);
    if (!probed) throw new Problem('source-not-media');
    const input = { target: `file:${file}`, options: [] };
    const renditions = settleRenditions(options.plan, probed);
    const { program: converter, publishers } = convert(options, renditions, input);
    await throwUnlessConverted(await converter.outcome, publishers, options.signal);
    return { publishers, announcedSeconds: announcedSeconds(renditions, probed) };
  };

  return (options) => (options.plan.delivery === 'piped' ? runPiped(options) : runInspected(options));
}

function isEncodedPicture({ kind, handling }: RenditionOutput): boolean {
  return kind === 'video' && handling === 'encoded';
}

/** A file is as long as the longest of its streams; when its sound alone is wanted, that of the sound counts. */
function announcedSeconds(
  renditions: readonly RenditionOutput[],
  { durationSeconds, audio }: ProbedFile,
): number | null {
  const isSoundAlone = renditions.every((rendition) => rendition.kind === 'audio');
  return (isSoundAlone ? audio?.durationSeconds : null) ?? durationSeconds;
}

function pipeInput(plan: TrackPlan): FfmpegEnd {
  return { target: 'pipe:0', options: plan.keepTimestamps ? ['-copyts'] : [] };
}
