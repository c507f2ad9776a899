import { nominalHeight } from '../limits/picture-size.ts';
import { isStreamable, type SourceFormat } from '../source/source-format.ts';
import { audioCopyability, videoCopyability } from './copyability.ts';

/** From this height on, a second rendition for slow lines is made, if the source has one of half the height or less. */
const LADDER_FROM_HEIGHT = 720;
const LADDER_LEAST_HEIGHT = 240;
/** AAC of less than this loses against other codecs. */
const GOOD_AAC_KBPS = 96;

/**
 * Prefers copyable formats, unless they have less than half of the largest height; then height, copyability that is
 * certain, frame rate, a format that can be piped, bit rate.
 */
export function bestVideo(formats: SourceFormat[]): SourceFormat | undefined {
  const tallest = formats.reduce((most, format) => Math.max(most, heightOf(format)), 0);
  const rank = (format: SourceFormat): number[] => [
    videoCopyability(format.vcodec) !== 'no' && heightOf(format) * 2 >= tallest ? 1 : 0,
    heightOf(format),
    videoCopyability(format.vcodec) === 'yes' ? 1 : 0,
    Math.min(format.fps ?? 0, 60),
    isStreamable(format) ? 1 : 0,
    format.tbr ?? 0,
  ];
  return highestRanked(formats, rank);
}

/** Prefers the original language, then AAC of a good bit rate, then bit rate. Takes formats without a picture only. */
export function bestAudio(formats: SourceFormat[]): SourceFormat | undefined {
  const rank = (format: SourceFormat): number[] => [
    format.language_preference ?? -1,
    audioCopyability(format.acodec) === 'yes' && (format.tbr ?? GOOD_AAC_KBPS) >= GOOD_AAC_KBPS ? 1 : 0,
    format.tbr ?? 0,
  ];
  return highestRanked(
    formats.filter((format) => format.vcodec === 'none' && format.acodec !== 'none'),
    rank,
  );
}

/** The second rendition for slow lines; undefined when the first is small, or no other can be copied and piped. */
export function smallerVideo(formats: SourceFormat[], primary: SourceFormat): SourceFormat | undefined {
  const height = heightOf(primary);
  if (height < LADDER_FROM_HEIGHT || videoCopyability(primary.vcodec) !== 'yes') return undefined;
  return bestVideo(formats.filter((format) => isSmallerVideo(format, height)));
}

function isSmallerVideo(format: SourceFormat, primaryHeight: number): boolean {
  const height = heightOf(format);
  return (
    height >= LADDER_LEAST_HEIGHT &&
    height * 2 <= primaryHeight &&
    videoCopyability(format.vcodec) === 'yes' &&
    isStreamable(format)
  );
}

/** The format of the least height; of several, the one with the highest bit rate. */
export function smallestVideo(formats: SourceFormat[]): SourceFormat | undefined {
  return highestRanked(formats, (format) => [-heightOf(format), format.tbr ?? 0]);
}

function heightOf(format: SourceFormat): number {
  return nominalHeight(format) ?? 0;
}

/** The entry with the highest rank, compared number by number; the first of equal ones. */
function highestRanked<T>(entries: readonly T[], rank: (entry: T) => number[]): T | undefined {
  const ranked = entries.map((entry) => ({ entry, rank: rank(entry) }));
  return ranked.reduce<(typeof ranked)[number] | undefined>(
    (best, next) => (best && compare(best.rank, next.rank) >= 0 ? best : next),
    undefined,
  )?.entry;
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (const [index, value] of a.entries()) {
    const difference = value - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
