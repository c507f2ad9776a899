import { Problem } from '@linkcast/contracts';

/** Of a format, a stream or a file, in pixels; null, undefined and 0: not known. */
export interface PictureSize {
  readonly width?: number | null | undefined;
  readonly height?: number | null | undefined;
}

/** The largest picture that is decoded; a width and a height with the same product are as good. */
export interface PictureLimit {
  readonly width: number;
  readonly height: number;
}

/** A 4K picture with room for the rounding of an encoder. Taken whatever MAX_HEIGHT is, to be made smaller. */
export const ORDINARY_LIMIT: PictureLimit = { width: 4096, height: 2176 };
const ORDINARY_HEIGHT = 2160;
/** The largest MAX_HEIGHT: 8K. */
const MOST_HEIGHT = 4320;

/** What no picture may exceed, whatever MAX_HEIGHT says. */
export const MAX_PIXELS = pixelsOf(pictureLimit(MOST_HEIGHT));

/**
 * The limit that belongs to a MAX_HEIGHT: twice as wide as high, so that cinema (17:9) and spherical (2:1) pictures fit.
 * A crafted picture may claim to be far larger than the machine's memory: one of 8K takes 56 MB, and a decoder keeps
 * up to 16 of them, and one for each of its threads.
 */
export function pictureLimit(maxHeight: number): PictureLimit {
  return maxHeight > ORDINARY_HEIGHT ? { width: 2 * maxHeight, height: maxHeight } : ORDINARY_LIMIT;
}

export function pixelsOf({ width, height }: PictureSize): number {
  return (width ?? 0) * (height ?? 0);
}

/** @throws {Problem} too-large. */
export function refuseTooManyPixels(size: PictureSize, limit: PictureLimit = pictureLimit(MOST_HEIGHT)): void {
  if (pixelsOf(size) > pixelsOf(limit))
    throw new Problem('too-large', { limit: { kind: 'picture', width: limit.width, height: limit.height } });
}

/**
 * The height by which people call a picture: `1080` of 1920 × 1080, and of a portrait one of 1080 × 1920.
 *
 * @returns null when the height is not known.
 */
export function nominalHeight({ width, height }: PictureSize): number | null {
  if (!height) return null;
  return width ? Math.min(width, height) : height;
}
