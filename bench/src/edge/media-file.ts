import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

const MEDIA_ID = 'abcdefghijklmnopqr23';
const MEGABYTE = 2 ** 20;
const FILE_MEGABYTES = 64;

/** A segment of a few seconds: 6 s at 1.4 Mbit/s. A larger one would hide what asking for access costs. */
export const SEGMENT_BYTES = MEGABYTE;

/** Writes a rendition, for reading segments of it, into the folder that the edge serves. @returns its path on the site. */
export async function writeRendition(mediaDir: string): Promise<string> {
  const directory = path.join(mediaDir, MEDIA_ID);
  await mkdir(directory, { recursive: true, mode: 0o755 });
  await writeFile(path.join(directory, 'v1080.mp4'), randomBytes(FILE_MEGABYTES * MEGABYTE));
  return `/media/${MEDIA_ID}/v1080.mp4`;
}

/** The range of the segment with this number, as a header's value. */
export function segmentRange(number: number): string {
  const first = (number % FILE_MEGABYTES) * SEGMENT_BYTES;
  return `bytes=${first}-${first + SEGMENT_BYTES - 1}`;
}
