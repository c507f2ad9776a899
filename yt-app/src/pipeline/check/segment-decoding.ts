import { rm } from 'node:fs/promises';
import path from 'node:path';
import { Problem } from '@linkcast/contracts';
import { writeSample } from '../hls/media-file.ts';
import type { ByteRange } from '../hls/segment.ts';
import { isNotRun } from '../programs/ffmpeg-confinement.ts';
import { ownProblem } from '../programs/own-failure.ts';
import type { PipelineRun } from '../run/pipeline-run.ts';

export type DecodingContext = Pick<PipelineRun, 'mediaDirectory' | 'workDirectory' | 'ffmpeg' | 'signal'>;

/** A rendition whose segments are decoded. */
export interface DecodedRendition {
  readonly name: string;
  readonly kind: 'video' | 'audio';
  readonly init: ByteRange;
}

export interface DecodingOptions {
  /** `key-frames`: of a picture, only those; sound is decoded as a whole. */
  readonly depth: 'key-frames' | 'everything';
  /** True: any error counts. False: what ffmpeg conceals does not. */
  readonly isStrict: boolean;
  /** Programs that may be started; what is undecided then counts as damaged. */
  readonly maxRuns: number;
}

const DECODE_SECONDS = 60;
/** Bytes that one program decodes; they are copied for it. */
const MAX_BYTES = 64e6;

/**
 * Decodes segments, with the confined ffmpeg, and finds those that cannot be decoded: all at once, and where that fails
 * half of them at a time.
 *
 * @throws {Problem} of this machine, when ffmpeg failed because of it.
 */
export async function findUndecodable<Part extends ByteRange>(
  rendition: DecodedRendition,
  parts: readonly Part[],
  options: DecodingOptions,
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
      if (await canDecode(rendition, some, options, context)) return [];
      if (some.length === 1) return [...some];
    }
    const half = Math.ceil(some.length / 2);
    return [...(await search(some.slice(0, half))), ...(await search(some.slice(half)))];
  };
  return search(parts);
}

async function canDecode(
  { name, kind, init }: DecodedRendition,
  parts: readonly ByteRange[],
  options: DecodingOptions,
  { mediaDirectory, workDirectory, ffmpeg, signal }: DecodingContext,
): Promise<boolean> {
  const sample = path.join(workDirectory, `${name}.sample.mp4`);
  await writeSample(sample, path.join(mediaDirectory, `${name}.mp4`), [init, ...parts]);
  const program = ffmpeg.start({
    inputs: [{ target: `file:${sample}`, options: inputOptions(kind, options) }],
    outputs: [{ target: '-', options: ['-map', kind === 'video' ? '0:v:0' : '0:a:0', '-f', 'null'] }],
    directory: workDirectory,
    signal,
    effort: 'decode',
    wallSeconds: DECODE_SECONDS,
  });
  const outcome = await program.outcome;
  await rm(sample, { force: true });
  signal.throwIfAborted();
  if (outcome.kind === 'finished') return true;
  // An ffmpeg that was too slow, is missing or was killed reveals nothing about the segment.
  const own = outcome.kind === 'failed' && !isNotRun(outcome) ? ownProblem(outcome) : undefined;
  if (own) throw own;
  if (outcome.kind === 'stopped' || isNotRun(outcome)) throw new Problem('verification-failed', {}, { cause: outcome });
  return false;
}

function inputOptions(kind: DecodedRendition['kind'], { depth, isStrict }: DecodingOptions): string[] {
  return [
    ...(kind === 'video' && depth === 'key-frames' ? ['-skip_frame', 'nokey'] : []),
    ...(isStrict ? ['-err_detect', 'explode'] : []),
  ];
}
