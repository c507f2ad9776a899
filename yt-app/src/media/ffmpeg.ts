import { Problem } from '@linkcast/contracts';
import {
  minimalEnvironment,
  OWNER_VARIABLE,
  runProgram,
  startProgram,
  type Outcome,
  type Program,
} from '@linkcast/kit';
import type { Stream } from 'node:stream';
import { ffmpegArguments, type FfmpegEnd } from './command-line.ts';
import { createProgressReader } from './ffmpeg-progress.ts';
import { MAX_PIXELS, refuseTooManyPixels } from './picture-size.ts';
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

export interface FfmpegRun {
  readonly inputs: readonly FfmpegEnd[];
  readonly outputs: readonly FfmpegEnd[];
  readonly directory: string;
  readonly signal: AbortSignal;
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

export function createFfmpeg({ owner }: { readonly owner: string }): Ffmpeg {
  const environment = (home: string): Record<string, string> => minimalEnvironment(home, { [OWNER_VARIABLE]: owner });

  const look = async (file: string, options: string[], signal: AbortSignal): Promise<ProbedFile | null> => {
    const output = ['-show_format', '-show_streams', '-of', 'json'];
    const { outcome, stdout } = await runProgram({
      file: 'ffprobe',
      args: ['-v', 'error', ...GUARDED_INPUT, ...options, ...output, `file:${file}`],
      env: environment('/tmp'),
      signal,
      wallSeconds: PROBE_SECONDS,
      graceSeconds: 0,
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

/** What `setpriv` ends with when there is no such program, or it cannot be run. */
const NOT_RUN: readonly unknown[] = [126, 127];

/** Is ffmpeg itself not there? Then nothing is said of what it was to read. */
export function isMissing(outcome: Outcome): boolean {
  return outcome.kind === 'failed' && NOT_RUN.includes(outcome.exitCode);
}
