import { Problem } from '@linkcast/contracts';

/** Size of a format, a stream or a file, in pixels. Null, undefined and 0: unknown. */
export interface PictureSize {
  readonly width?: number | null | undefined;
  readonly height?: number | null | undefined;
}

/** The largest picture that is decoded. Only the product counts: other widths and heights with the same one are allowed. */
export interface PictureLimit {
  readonly width: number;
  readonly height: number;
}

/** A 4K picture with room for the rounding of an encoder. Such pictures are accepted under every MAX_HEIGHT, and scaled down. */
export const ORDINARY_LIMIT: PictureLimit = { width: 4096, height: 2176 };
const ORDINARY_HEIGHT = 2160;
/** The largest value of MAX_HEIGHT: 8K. */
const LARGEST_MAX_HEIGHT = 4320;

/** The most pixels of any picture, under every MAX_HEIGHT. */
export const MAX_PIXELS = pixelsOf(pictureLimit(LARGEST_MAX_HEIGHT));

/**
 * The limit for a MAX_HEIGHT: twice as wide as high, so that cinema (17:9) and spherical (2:1) pictures fit. A crafted
 * picture may claim to be larger than the memory of the machine: one of 8K takes 56 MB, and a decoder keeps up to 16 of
 * them, and one for each of its threads.
 */
export function pictureLimit(maxHeight: number): PictureLimit {
  return maxHeight > ORDINARY_HEIGHT ? { width: 2 * maxHeight, height: maxHeight } : ORDINARY_LIMIT;
}

/** Width times height; 0 when either is unknown. */
export function pixelsOf({ width, height }: PictureSize): number {
  return (width ?? 0) * (height ?? 0);
}

/** @throws {Problem} too-large. */
export function refuseTooManyPixels(size: PictureSize, limit: PictureLimit = pictureLimit(LARGEST_MAX_HEIGHT)): void {
  if (pixelsOf(size) > pixelsOf(limit))
    throw new Problem('too-large', { limit: { kind: 'picture', width: limit.width, height: limit.height } });
}

/**
 * The height that names a picture: `1080` for 1920 × 1080, and for the portrait picture 1080 × 1920.
 *
 * @returns null when the height is unknown.
 */
export function nominalHeight({ width, height }: PictureSize): number | null {
  if (!height) return null;
  return width ? Math.min(width, height) : height;
}
