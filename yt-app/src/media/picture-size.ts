import { Problem } from '@linkcast/contracts';

/** 4096 × 2176: a 4K picture; a crafted one may claim to be far larger than the machine's memory. */
export const MAX_PIXELS = 4096 * 2176;

/** Of a format, a stream or a file; null, undefined and 0: not known. */
export interface PictureSize {
  readonly width?: number | null | undefined;
  readonly height?: number | null | undefined;
}

export function isTooManyPixels({ width, height }: PictureSize): boolean {
  return (width ?? 0) * (height ?? 0) > MAX_PIXELS;
}

/** @throws {Problem} too-large. */
export function refuseTooManyPixels(size: PictureSize): void {
  if (isTooManyPixels(size)) throw new Problem('too-large', { limit: '4096 × 2176 pixels' });
}
