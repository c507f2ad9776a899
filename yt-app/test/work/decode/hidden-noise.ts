import { open } from 'node:fs/promises';
import path from 'node:path';
import { digestFile } from '@linkcast/kit';
import { readMediaJson, writeMediaJson } from '../../../src/library/files/media-json.ts';
import { readRenditionIndex } from '../../../src/pipeline/check/rendition-index.ts';
import { scanRendition } from '../../../src/pipeline/check/rendition-scan.ts';
import type { TimedSegment } from '../../../src/pipeline/check/timed-segments.ts';

const NEVER = new AbortController().signal;
/** Bytes of the headers of a picture, and of its end, that stay. */
const HEADERS = 200;

const noise = (length: number): Buffer =>
  Buffer.from(Array.from({ length }, (_, index) => (index * index * 73 + 41) % 251));

/**
 * Writes noise over a picture in the middle of a rendition, and makes its checksums anew, as if it had been published with it.
 *
 * @returns the segment with the noise. Throws when the check of the packets would find it.
 */
export async function hideNoise(directory: string, rendition: string): Promise<TimedSegment> {
  const file = path.join(directory, `${rendition}.mp4`);
  const { init, segments } = await readRenditionIndex(directory, rendition);
  const segment = segments[Math.floor(segments.length / 2)];
  if (!segment) throw new Error('the rendition has no segments');
  const handle = await open(file, 'r+');
  const bytes = Buffer.alloc(segment.length);
  await handle.read(bytes, 0, segment.length, segment.offset);
  const unit = bytes.indexOf('mdat') + 4; // the first one: its length, and its bytes
  const over = noise(bytes.readUInt32BE(unit) - 2 * HEADERS);
  await handle.write(over, 0, over.length, segment.offset + unit + 4 + HEADERS);
  await handle.close();
  const scan = await scanRendition(file, init, NEVER);
  if (!scan.isContainerWhole || scan.suspects.length > 0) throw new Error('the noise is not hidden');
  await renewChecksums(directory);
  return segment;
}

/** Makes the checksums of an item those of its files. */
async function renewChecksums(directory: string): Promise<void> {
  const reading = await readMediaJson(directory);
  if (reading.kind !== 'facts') throw new Error('no media.json');
  const digests = reading.files.map(async ({ name }) => ({ name, ...(await digestFile(path.join(directory, name))) }));
  await writeMediaJson(directory, reading.facts, { files: await Promise.all(digests) });
}
