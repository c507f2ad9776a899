import { Problem } from '@linkcast/contracts';
import {
  minimalEnvironment,
  OWNER_VARIABLE,
  runProgram,
  startProgram,
  type Confinement,
  type Outcome,
  type Program,
  type SandboxKind,
} from '@linkcast/kit';
import type { Stream } from 'node:stream';
import { ffmpegArguments, type FfmpegEnd } from './command-line.ts';
import { createProgressReader } from './ffmpeg-progress.ts';
import { MAX_PIXELS, refuseTooManyPixels } from '../limits/picture-size.ts';
import { parseProbe, type ProbedFile } from './probed-file.ts';

/** What may be opened: files and pipes, the containers and codecs of ordinary media. Everything else is refused. */
const GUARDED_INPUT = [
  ['-protocol_whitelist', 'file,pipe,fd'],
  [
    '-format_whitelist',
    'mov,matroska,webm,mpegts,mp3,ogg,flac,wav,aac,flv,avi,mpeg,asf,image2,jpeg_pipe,png_pipe,webp_pipe,mjpeg',
  ],
  [
    '-codec_whitelist',
    'h264,hevc,vp8,libvpx,vp9,libvpx-vp9,av1,libdav1d,libaom-av1,mpeg4,mpeg2video,mpeg1video,h263,flv,wmv3,vc1,mjpeg,png,webp,' +
      'aac,mp3,mp3float,opus,libopus,vorbis,ac3,eac3,flac,alac,pcm_s16le,pcm_s24le,wmav2',
  ],
].flat();

const PROBE_SECONDS = 60;
/** A file of some kilobytes can claim millions of samples, each of which takes memory. Ten hours take 100 MB. */
const COPY_MEMORY_BYTES = 400e6;
/** To decode pictures, of which the largest take 50 MB each, several at once. */
const DECODE_MEMORY_BYTES = 2e9;
/** The encoder looks ahead at 40 pictures, and each of its threads keeps some. */
const ENCODE_MEMORY_BYTES = 6e9;

const MEMORY_BYTES = { copy: COPY_MEMORY_BYTES, decode: DECODE_MEMORY_BYTES, encode: ENCODE_MEMORY_BYTES } as const;

export interface FfmpegRun {
  readonly inputs: readonly FfmpegEnd[];
  readonly outputs: readonly FfmpegEnd[];
  /** The working directory; it may write there. */
  readonly directory: string;
  /** Further directories that it may write; it reads its inputs, and nothing else of ours. */
  readonly writable?: readonly string[];
  readonly signal: AbortSignal;
  /** The most that it does with pictures, which decides how much memory it may take. */
  readonly effort: 'copy' | 'decode' | 'encode';
  readonly stdin?: Stream | 'pipe';
  readonly idleSeconds?: number;
  readonly wallSeconds?: number;
}

export interface Ffmpeg {
  /** Starts ffmpeg; every input is guarded by the allow-lists, and any error in what it reads ends it (`-xerror`). */
  start(run: FfmpegRun): Program;
  /**
   * What a local file holds; null when it is no media that we take.
   *
   * @throws {Problem} too-large when its picture is beyond all measure, conversion-failed when ffprobe cannot be run.
   */
  probe(file: string, signal: AbortSignal): Promise<ProbedFile | null>;
}

export interface FfmpegOptions {
  /** Marks our programs, see killLeftovers. */
  readonly owner: string;
  readonly sandbox: SandboxKind;
}

export function createFfmpeg({ owner, sandbox }: FfmpegOptions): Ffmpeg {
  const confine = (readable: readonly string[], writable: readonly string[]): Confinement => ({
    sandbox,
    readable,
    writable,
    network: 'none',
    mayStartPrograms: false,
  });
  const environment = (home: string): Record<string, string> => minimalEnvironment(home, { [OWNER_VARIABLE]: owner });

  const look = async (file: string, options: string[], signal: AbortSignal): Promise<ProbedFile | null> => {
    const output = ['-show_format', '-show_streams', '-of', 'json'];
    const { outcome, stdout } = await runProgram({
      file: 'ffprobe',
      args: ['-v', 'error', ...GUARDED_INPUT, ...options, ...output, `file:${file}`],
      env: environment('/'),
      signal,
      wallSeconds: PROBE_SECONDS,
      graceSeconds: 0,
      maxMemoryBytes: COPY_MEMORY_BYTES,
      confinement: confine([file], []),
    });
    signal.throwIfAborted();
    // Whoever was too slow has said nothing of the file.
    if (outcome.kind === 'stopped' || isMissing(outcome))
      throw new Problem('conversion-failed', {}, { cause: outcome });
    if (outcome.kind !== 'finished') return null;
    return parseProbe(stdout);
  };

  return {
    start(run) {
      const guarded = run.inputs.map(({ target, options }) => ({
        target,
        options: [...GUARDED_INPUT, '-max_pixels', String(MAX_PIXELS), ...options],
      }));
      const program: Program = startProgram({
        file: 'ffmpeg',
        args: [
          '-hide_banner',
          '-nostdin',
          '-nostats',
          '-v',
          'error',
          '-xerror',
          '-progress',
          'pipe:2',
          ...ffmpegArguments(guarded, run.outputs),
        ],
        env: environment(run.directory),
        cwd: run.directory,
        ...(run.stdin === undefined ? {} : { stdin: run.stdin }),
        signal: run.signal,
        graceSeconds: 0,
        maxMemoryBytes: MEMORY_BYTES[run.effort],
        confinement: confine(run.inputs.flatMap(localFile), [run.directory, ...(run.writable ?? [])]),
        ...(run.idleSeconds === undefined ? {} : { idleSeconds: run.idleSeconds }),
        ...(run.wallSeconds === undefined ? {} : { wallSeconds: run.wallSeconds }),
        onStderrLine: createProgressReader(() => program.touch()),
      });
      return program;
    },

    async probe(file, signal) {
      const found = await look(file, ['-max_pixels', String(MAX_PIXELS)], signal);
      if (found) return found;
      // Decodes nothing, and so may look at a picture of any size.
      const unseen = await look(file, ['-skip_frame', 'all'], signal);
      if (unseen?.video) refuseTooManyPixels(unseen.video);
      return null;
    },
  };
}

/** The path of an input that is a file; a pipe has none. */
function localFile({ target }: FfmpegEnd): string[] {
  return target.startsWith('file:') ? [target.slice('file:'.length)] : [];
}

/** What `setpriv` ends with when there is no such program, or it cannot be run. */
const NOT_RUN: readonly unknown[] = [126, 127];

/** Is ffmpeg itself not there? Then nothing is said of what it was to read. */
export function isMissing(outcome: Outcome): boolean {
  return outcome.kind === 'failed' && NOT_RUN.includes(outcome.exitCode);
}
