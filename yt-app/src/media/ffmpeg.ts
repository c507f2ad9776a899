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
import { z } from 'zod';
import { ffmpegArguments, type FfmpegEnd } from './command-line.ts';
import { MAX_PIXELS, refuseTooManyPixels } from './picture-size.ts';

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

/** `key=value`, as `-progress` writes. */
const PROGRESS_LINE = /^[a-z_0-9]+=\s*\S*$/;

const ProbedStream = z.object({
  codec_type: z.string(),
  codec_name: z.string().optional(),
  profile: z.string().optional(),
  pix_fmt: z.string().optional(),
  width: z.number().optional(),
  height: z.number().optional(),
  duration: z.coerce.number().optional(),
  /** Matroska keeps the length of a stream here: `00:03:20.500000000`. */
  tags: z.object({ DURATION: z.string().optional() }).optional(),
  disposition: z.object({ attached_pic: z.number() }).optional(),
});
const ProbeOutput = z.object({
  streams: z.array(ProbedStream),
  format: z.object({ format_name: z.string().optional(), duration: z.coerce.number().optional() }),
});

export interface ProbedFile {
  readonly video: {
    readonly codec: string;
    readonly profile: string | null;
    readonly pixelFormat: string | null;
    readonly width: number | null;
    readonly height: number | null;
  } | null;
  readonly audio: {
    readonly codec: string;
    readonly profile: string | null;
    /** Of this stream alone, which may end before the file does; null when the file does not say. */
    readonly durationSeconds: number | null;
  } | null;
  /** As ffprobe has it: of a part of a file it may be a guess. */
  readonly durationSeconds: number | null;
  /** Does the container itself say how long it is (MP4, Matroska), so that a part of the file tells as well? */
  readonly hasOwnDuration: boolean;
}

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
    const parsed = ProbeOutput.safeParse(JSON.parse(stdout));
    return parsed.success ? describe(parsed.data) : null;
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

/**
 * Calls back when ffmpeg has got further. `out_time_us` is in microseconds, `N/A` at first; since ffmpeg 7 it is that of the
 * shortest output, and stands still when the sound ends before the picture: then the count of pictures goes on.
 */
function createProgressReader(onFurther: () => void): (line: string) => boolean {
  const latest = new Map<string, number>();
  return (line) => {
    const [, key = '', value] = /^(out_time_us|frame)=\s*(\d+)$/.exec(line) ?? [];
    if (value !== undefined && Number(value) > (latest.get(key) ?? -1)) {
      latest.set(key, Number(value));
      onFurther();
    }
    return PROGRESS_LINE.test(line);
  };
}

function describe(output: z.infer<typeof ProbeOutput>): ProbedFile {
  const video = output.streams.find(
    (stream) => stream.codec_type === 'video' && stream.disposition?.attached_pic !== 1,
  );
  const audio = output.streams.find((stream) => stream.codec_type === 'audio');
  return {
    video: video
      ? {
          codec: video.codec_name ?? '',
          profile: video.profile ?? null,
          pixelFormat: video.pix_fmt ?? null,
          width: video.width ?? null,
          height: video.height ?? null,
        }
      : null,
    audio: audio
      ? { codec: audio.codec_name ?? '', profile: audio.profile ?? null, durationSeconds: streamDuration(audio) }
      : null,
    durationSeconds: output.format.duration ?? null,
    hasOwnDuration: /mp4|matroska/.test(output.format.format_name ?? ''),
  };
}

function streamDuration({ duration, tags }: z.infer<typeof ProbedStream>): number | null {
  if (duration !== undefined) return duration;
  const [hours, minutes, seconds] = tags?.DURATION?.split(':').map(Number) ?? [];
  const total = (hours ?? Number.NaN) * 3600 + (minutes ?? Number.NaN) * 60 + (seconds ?? Number.NaN);
  return total > 0 ? total : null;
}
