import path from 'node:path';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Problem } from '@linkcast/contracts';
import type { ByteRange } from '../hls/segment.ts';
import type { Ffmpeg } from '../programs/ffmpeg/ffmpeg.ts';
import { isNotRun, isNotStarted } from '../programs/ffmpeg/ffmpeg-confinement.ts';
import { ownProblem } from '../programs/own-failure.ts';
import type { PipelineRun } from '../run/pipeline-run.ts';
import { openMediaFile, readRanges } from './media-bytes.ts';

export interface DecodingContext extends Pick<PipelineRun, 'mediaDirectory' | 'workDirectory' | 'signal'> {
  readonly ffmpeg: Pick<Ffmpeg, 'start'>;
}

/** A media file whose parts are decoded. */
export interface DecodedFile {
  /** Its name in the directory of the item: `v1080.mp4`. */
  readonly file: string;
  readonly kind: 'video' | 'audio';
  /** Its initialisation section, which is decoded before each part; empty when it needs none. */
  readonly init: ByteRange;
}

export interface DecodingOptions {
  /** `key-frames`: of a picture, only those; sound is decoded as a whole. */
  readonly depth: 'key-frames' | 'everything';
  /** True: any error counts. False: what ffmpeg conceals does not. */
  readonly isStrict: boolean;
  /** Seconds after which one program is stopped. Default 60. */
  readonly wallSeconds?: number;
}

export interface SearchOptions extends DecodingOptions {
  /** Programs that may be started; what is undecided then counts as damaged. */
  readonly maxRuns: number;
}

const DECODE_SECONDS = 60;
/** Bytes that one program decodes, so that it ends in time. */
const MAX_BYTES = 64e6;

/**
 * Decodes segments, with the confined ffmpeg, and finds those that cannot be decoded: all at once, and where that fails
 * half of them at a time.
 *
 * @throws {Problem} of this machine, when ffmpeg failed because of it.
 */
export async function findUndecodable<Part extends ByteRange>(
  decoded: DecodedFile,
  parts: readonly Part[],
  options: SearchOptions,
  context: DecodingContext,
): Promise<Part[]> {
  let runs = 0;
  const search = async (some: readonly Part[]): Promise<Part[]> => {
    if (some.length === 0) return [];
    const bytes = some.reduce((sum, { length }) => sum + length, 0);
    const mayDecode = some.length === 1 || bytes <= MAX_BYTES;
    if (mayDecode) {
      if (runs >= options.maxRuns) return [...some];
      runs += 1;
      if (await canDecode(decoded, some, options, context)) return [];
      if (some.length === 1) return [...some];
    }
    const half = Math.ceil(some.length / 2);
    return [...(await search(some.slice(0, half))), ...(await search(some.slice(half)))];
  };
  return search(parts);
}

/**
 * Decodes parts of a file as one stream. Their bytes go through a pipe: nothing is copied to the disk.
 *
 * @throws {Problem} of this machine, when ffmpeg failed because of it; the file system's error; the reason of the signal.
 */
export async function canDecode(
  { file, kind, init }: DecodedFile,
  parts: readonly ByteRange[],
  options: DecodingOptions,
  { mediaDirectory, workDirectory, ffmpeg, signal }: DecodingContext,
): Promise<boolean> {
  const handle = await openMediaFile(path.join(mediaDirectory, file));
  try {
    const program = ffmpeg.start({
      inputs: [{ target: 'pipe:0', options: inputOptions(kind, options) }],
      outputs: [{ target: '-', options: ['-map', kind === 'video' ? '0:v:0' : '0:a:0', '-f', 'null'] }],
      directory: workDirectory,
      signal,
      stdin: 'pipe',
      effort: 'decode',
      wallSeconds: options.wallSeconds ?? DECODE_SECONDS,
    });
    const failure = await feed(readRanges(handle, [init, ...parts]), program.stdin);
    if (failure !== undefined) await program.stop('its input cannot be read');
    const outcome = await program.outcome;
    signal.throwIfAborted();
    if (failure !== undefined) throw failure;
    if (outcome.kind === 'finished') return true;
    // An ffmpeg that was too slow, is missing or was killed reveals nothing about the segment.
    const own = outcome.kind === 'failed' && !isNotRun(outcome) ? ownProblem(outcome) : undefined;
    if (own) throw own;
    if (outcome.kind === 'stopped' || isNotRun(outcome) || isNotStarted(outcome))
      throw new Problem('verification-failed', {}, { cause: outcome });
    return false;
  } finally {
    await handle.close();
  }
}

/** Writes the bytes into a program, which may end before it has read all. @returns the error of reading them. */
async function feed(bytes: AsyncGenerator<Buffer>, stdin: Writable | null): Promise<Error | undefined> {
  let failure: Error | undefined;
  const noted = async function* (): AsyncGenerator<Buffer> {
    for (;;) {
      const next = await bytes.next().catch((error: unknown) => {
        failure = error instanceof Error ? error : new Error(String(error));
        throw failure;
      });
      if (next.done === true) return;
      yield next.value; // outside of the catch: when the program ends early, this throws
    }
  };
  if (stdin) await pipeline(Readable.from(noted()), stdin).catch(() => undefined); // the program has ended: its outcome counts
  return failure;
}

function inputOptions(kind: DecodedFile['kind'], { depth, isStrict }: DecodingOptions): string[] {
  return [
    ...(kind === 'video' && depth === 'key-frames' ? ['-skip_frame', 'nokey'] : []),
    ...(isStrict ? ['-err_detect', 'explode'] : []),
  ];
}
