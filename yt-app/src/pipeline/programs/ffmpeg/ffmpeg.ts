import { startProgram, type Program, type ProgramOptions } from '@linkcast/kit';
import type { Stream } from 'node:stream';
import { MAX_PIXELS } from '../../limits/picture-size.ts';
import { ffmpegArguments, type FfmpegEnd } from '../command-line.ts';
import {
  confineFfmpeg,
  ffmpegEnvironment,
  GUARDED_INPUT,
  MEMORY_BYTES,
  type FfmpegOptions,
} from './ffmpeg-confinement.ts';
import { createFfmpegProgressReader } from './ffmpeg-progress.ts';
import { createFfprobe, type ProbeFile } from './ffprobe.ts';

/** A damaged picture of an hour makes some megabytes of messages. */
const MAX_STDERR_BYTES = 16e6;

export interface FfmpegRun {
  readonly inputs: readonly FfmpegEnd[];
  readonly outputs: readonly FfmpegEnd[];
  /** The working directory, which ffmpeg may write. */
  readonly directory: string;
  /** Further directories that ffmpeg may write. It may read its inputs, and no other file of ours. */
  readonly writable?: readonly string[];
  readonly signal: AbortSignal;
  /** The most that is done with pictures; decides the memory limit. */
  readonly effort: keyof typeof MEMORY_BYTES;
  readonly stdin?: Stream | 'pipe';
  /** Seconds without progress before ffmpeg is stopped. */
  readonly idleSeconds?: number;
  readonly wallSeconds?: number;
  readonly priority?: NonNullable<ProgramOptions['priority']>;
  /** Goes on after an error in an input, as a live source has them. Default: false. */
  readonly isTolerant?: boolean;
}

export interface Ffmpeg {
  /** Starts ffmpeg. Every input is restricted to the allow-lists, and any error in an input ends it (`-xerror`), unless the run is tolerant. */
  start(run: FfmpegRun): Program;
  readonly probe: ProbeFile;
}

export function createFfmpeg(options: FfmpegOptions): Ffmpeg {
  return { start: (run) => startFfmpeg(run, options), probe: createFfprobe(options) };
}

function startFfmpeg(run: FfmpegRun, { owner, sandbox }: FfmpegOptions): Program {
  const guarded = run.inputs.map(({ target, options }) => ({
    target,
    options: [...GUARDED_INPUT, '-max_pixels', String(MAX_PIXELS), ...options],
  }));
  const program: Program = startProgram({
    file: 'ffmpeg',
    args: [
      ...['-hide_banner', '-nostdin', '-nostats', '-v', 'error', '-progress', 'pipe:2'],
      ...(run.isTolerant === true ? [] : ['-xerror']),
      ...ffmpegArguments(guarded, run.outputs),
    ],
    env: ffmpegEnvironment(run.directory, owner),
    cwd: run.directory,
    ...(run.stdin === undefined ? {} : { stdin: run.stdin }),
    signal: run.signal,
    graceSeconds: 0,
    maxMemoryBytes: MEMORY_BYTES[run.effort],
    maxStderrBytes: MAX_STDERR_BYTES,
    confinement: confineFfmpeg(sandbox, run.inputs.flatMap(localFile), [run.directory, ...(run.writable ?? [])]),
    ...(run.idleSeconds === undefined ? {} : { idleSeconds: run.idleSeconds }),
    ...(run.wallSeconds === undefined ? {} : { wallSeconds: run.wallSeconds }),
    ...(run.priority === undefined ? {} : { priority: run.priority }),
    onStderrLine: createFfmpegProgressReader(() => program.touch()),
  });
  return program;
}

/** The path of an input that is a file; none for a pipe. */
function localFile({ target }: FfmpegEnd): string[] {
  return target.startsWith('file:') ? [target.slice('file:'.length)] : [];
}
