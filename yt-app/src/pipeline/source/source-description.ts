import type { Probe } from '@linkcast/contracts';
import { nominalHeight } from '../limits/picture-size.ts';
import { expectedBytes, type SourceFormat } from './source-format.ts';
import { sourceDuration, type SourceInfo } from './source-info.ts';
import { sourceTitle, sourceUploader } from './source-title.ts';

const MAX_HEIGHTS = 40;
/** Taller pictures do not exist; a source that claims one is mistaken. */
const MAX_HEIGHT_PIXELS = 16_384;
const MAX_URL_CHARACTERS = 2048;

/** Describes a source for a person who chooses a quality. Bounded, because a page may list any number of formats with any numbers. */
export function describeSource(info: SourceInfo): Omit<Probe, 'playlist'> {
  const durationSeconds = sourceDuration(info);
  return {
    title: sourceTitle(info),
    uploader: sourceUploader(info),
    durationSeconds,
    thumbnail: thumbnailOf(info),
    heights: believableHeights(info.formats, durationSeconds),
  };
}

function believableHeights(formats: readonly SourceFormat[], durationSeconds: number | null): Probe['heights'] {
  return offeredHeights(formats, durationSeconds)
    .filter(({ height }) => Number.isInteger(height) && height > 0 && height <= MAX_HEIGHT_PIXELS)
    .map(({ height, estimatedBytes }) => ({
      height,
      estimatedBytes: Number.isSafeInteger(estimatedBytes) ? estimatedBytes : null,
    }))
    .slice(0, MAX_HEIGHTS);
}

/** The heights among which a person chooses, the largest first, each with the size of its largest format. */
export function offeredHeights(formats: readonly SourceFormat[], durationSeconds: number | null): Probe['heights'] {
  const byHeight = new Map<number, number | null>();
  for (const format of formats) {
    const height = nominalHeight(format);
    if (height === null || format.vcodec === 'none') continue;
    const bytes = expectedBytes(format, durationSeconds);
    byHeight.set(height, Math.max(bytes ?? 0, byHeight.get(height) ?? 0) || null);
  }
  return [...byHeight]
    .map(([height, estimatedBytes]) => ({ height, estimatedBytes }))
    .toSorted((a, b) => b.height - a.height);
}

/** An http or https URL of ordinary length, or null. The site puts it into an image. */
function thumbnailOf({ thumbnail }: SourceInfo): string | null {
  if (!thumbnail || thumbnail.length > MAX_URL_CHARACTERS) return null;
  return /^https?:$/.test(URL.parse(thumbnail)?.protocol ?? '') ? thumbnail : null;
}
