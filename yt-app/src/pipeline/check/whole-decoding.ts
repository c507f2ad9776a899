import type { TimeRange } from './damage.ts';
import { readRenditionIndex, type RenditionIndex } from './rendition-index.ts';
import { canDecode, findUndecodable, type DecodedFile, type DecodingContext } from './segment-decoding.ts';
import type { TimedSegment } from './timed-segments.ts';

/** The place where an interrupted decoding of a rendition continues. */
export interface DecodingProgress {
  /** Index of the first segment that was not decoded yet. */
  next: number;
  undecodable: TimedSegment[];
  /** True: what ffmpeg conceals does not count. */
  isLenient: boolean;
}

export interface WholeDecodingContext extends DecodingContext {
  /** Called after each program, with the time that it took. @throws the reason of the signal. */
  readonly rest: (workedMs: number) => Promise<void>;
}

/** Time of media that one program decodes. */
const CHUNK_SECONDS = 20;
const CHUNK_WALL_SECONDS = 600;
const WHOLE_WALL_SECONDS = 4 * 3600;
const MAX_RUNS = 100;
/**
 * Segments that are decoded before one that fails alone: its first pictures may refer to those before it (an open group of pictures). Several
 * numbers, because the first of them may begin such a group, too.
 */
const RUN_INS = [1, 2, 3, 4, 6, 8, 12, 16];
/** With so many undecodable segments, it is decided whether the encoder is the cause. */
const FEW = 10;

const EVERYTHING = { depth: 'everything', isStrict: true, maxRuns: MAX_RUNS, wallSeconds: CHUNK_WALL_SECONDS } as const;
const CONCEALING = { ...EVERYTHING, isStrict: false } as const;

/**
 * Decodes a whole published rendition.
 *
 * @returns the parts that cannot be decoded.
 * @throws {Problem} of this machine; `FileTooShort` or the file system's error when the files are not those that were published.
 */
export async function decodeRendition(
  { name, kind }: { readonly name: string; readonly kind: DecodedFile['kind'] },
  progress: DecodingProgress,
  context: WholeDecodingContext,
): Promise<readonly TimeRange[]> {
  const index = await readRenditionIndex(context.mediaDirectory, name);
  const decoded = { file: `${name}.mp4`, kind, init: index.init };
  if (!index.isIndependent) return decodeAtOnce(decoded, index, context);
  const { segments } = index;
  while (progress.next < segments.length) {
    const chunk = chunkAt(segments, progress.next);
    progress.undecodable.push(
      ...(await rested(context, () =>
        progress.isLenient
          ? findUndecodable(decoded, chunk, CONCEALING, context)
          : findInChunk(decoded, segments, chunk, context),
      )),
    );
    progress.next += chunk.length;
    if (isEncodersWay(progress, segments.length))
      Object.assign(progress, { next: 0, undecodable: [], isLenient: true });
  }
  return progress.undecodable;
}

/** Some encoders write what a strict decoder refuses: when most of a rendition is so, only what ffmpeg cannot conceal counts. */
function isEncodersWay({ next, undecodable: { length }, isLenient }: DecodingProgress, count: number): boolean {
  return !isLenient && length * 2 > next && (length >= FEW || next === count);
}

async function rested<Result>({ rest }: WholeDecodingContext, run: () => Promise<Result>): Promise<Result> {
  const beganAt = performance.now();
  const result = await run();
  await rest(performance.now() - beganAt);
  return result;
}

function chunkAt(segments: readonly TimedSegment[], begin: number): readonly TimedSegment[] {
  const end = segments[begin] ? segments[begin].from + CHUNK_SECONDS : 0;
  const length = segments.slice(begin).findIndex(({ to }, index) => index > 0 && to > end);
  return segments.slice(begin, length === -1 ? segments.length : begin + length);
}

async function findInChunk(
  decoded: DecodedFile,
  segments: readonly TimedSegment[],
  chunk: readonly TimedSegment[],
  context: DecodingContext,
): Promise<TimedSegment[]> {
  const undecodable: TimedSegment[] = [];
  for (const segment of await findUndecodable(decoded, chunk, EVERYTHING, context))
    if (!(await canDecodeBehindOthers(decoded, segments, segments.indexOf(segment), context)))
      undecodable.push(segment);
  return undecodable;
}

async function canDecodeBehindOthers(
  decoded: DecodedFile,
  segments: readonly TimedSegment[],
  index: number,
  context: DecodingContext,
): Promise<boolean> {
  if (index === 0) return false;
  for (const count of RUN_INS) {
    const parts = segments.slice(Math.max(0, index - count), index + 1);
    if (await canDecode(decoded, parts, EVERYTHING, context)) return true;
  }
  return false;
}

/**
 * Decodes a rendition whose segments do not begin with key frames: from its begin, as one stream, without going on after an interruption. What
 * ffmpeg conceals does not count. Only its first damage is located.
 */
async function decodeAtOnce(
  decoded: DecodedFile,
  { segments }: RenditionIndex,
  context: WholeDecodingContext,
): Promise<readonly TimeRange[]> {
  const options = { ...CONCEALING, wallSeconds: WHOLE_WALL_SECONDS };
  const isWholeUntil = (count: number): Promise<boolean> =>
    rested(context, () => canDecode(decoded, segments.slice(0, count), options, context));
  if (await isWholeUntil(segments.length)) return [];
  let [whole, broken] = [0, segments.length];
  while (broken - whole > 1) {
    const middle = Math.floor((whole + broken) / 2);
    if (await isWholeUntil(middle)) whole = middle;
    else broken = middle;
  }
  return segments.slice(whole, broken);
}
