import { isCopyableAudio, isCopyableVideo } from './codec-names.ts';
import { nominalHeight } from '../limits/picture-size.ts';
import type { SourceFormat } from '../source/source-info.ts';

/** A second, smaller rendition is taken along for slow lines when the source has one at half the height or less. */
const LADDER_FROM_HEIGHT = 720;
const LADDER_LEAST_HEIGHT = 240;
const AUDIO_GOOD_ENOUGH_KBPS = 96;

/** Copyable first, unless that costs more than half of the picture; then height, frame rate, bit rate. */
export function bestVideo(formats: SourceFormat[]): SourceFormat | undefined {
  const tallest = formats.reduce((most, format) => Math.max(most, heightOf(format)), 0);
  const rank = (format: SourceFormat): number[] => [
    isCopyableVideo(format.vcodec) !== 'no' && heightOf(format) * 2 >= tallest ? 1 : 0,
    heightOf(format),
    isCopyableVideo(format.vcodec) === 'yes' ? 1 : 0,
    Math.min(format.fps ?? 0, 60),
    isStreamable(format) ? 1 : 0,
    format.tbr ?? 0,
  ];
  return highest(formats, rank);
}

/** Original language first, then AAC that is good enough, then bit rate. Only formats without a picture. */
export function bestAudio(formats: SourceFormat[]): SourceFormat | undefined {
  const rank = (format: SourceFormat): number[] => [
    format.language_preference ?? -1,
    isCopyableAudio(format.acodec) === 'yes' && (format.tbr ?? AUDIO_GOOD_ENOUGH_KBPS) >= AUDIO_GOOD_ENOUGH_KBPS
      ? 1
      : 0,
    format.tbr ?? 0,
  ];
  return highest(
    formats.filter((format) => format.vcodec === 'none' && format.acodec !== 'none'),
    rank,
  );
}

export function smallerRung(formats: SourceFormat[], primary: SourceFormat): SourceFormat | undefined {
  const height = heightOf(primary);
  if (height < LADDER_FROM_HEIGHT || isCopyableVideo(primary.vcodec) !== 'yes') return undefined;
  const rungs = formats.filter((format) => {
    const least = heightOf(format);
    return (
      least >= LADDER_LEAST_HEIGHT &&
      least * 2 <= height &&
      isCopyableVideo(format.vcodec) === 'yes' &&
      isStreamable(format)
    );
  });
  return bestVideo(rungs);
}

export function leastPicture(formats: SourceFormat[]): SourceFormat | undefined {
  return highest(formats, (format) => [-heightOf(format), format.tbr ?? 0]);
}

function heightOf(format: SourceFormat): number {
  return nominalHeight(format) ?? 0;
}

const STREAMABLE_EXTENSIONS = new Set(['webm', 'mkv', 'ts', 'flv', 'mp3', 'ogg', 'opus', 'aac']);

/** Can it be read from a pipe for certain? A plain MP4 may have its index at the end: its first bytes tell. */
export function isStreamable(format: SourceFormat): boolean {
  const protocol = format.protocol ?? '';
  if (protocol.startsWith('m3u8') || protocol.includes('dash')) return true;
  return (format.container ?? '').endsWith('_dash') || STREAMABLE_EXTENSIONS.has(format.ext ?? '');
}

/** The entry with the highest rank, compared number by number; the first of equals. */
function highest<T>(entries: readonly T[], rank: (entry: T) => number[]): T | undefined {
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
