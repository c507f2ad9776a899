import { open, writeFile } from 'node:fs/promises';
import type { ByteRange } from './playlist.ts';

/** A small file of its own: the initialisation section, the first and the last segment. */
export async function writeSample(sample: string, mediaFile: string, ranges: readonly ByteRange[]): Promise<void> {
  const handle = await open(mediaFile, 'r');
  try {
    const pieces: Buffer[] = [];
    for (const { offset, length } of ranges) {
      const piece = Buffer.alloc(length);
      await handle.read(piece, 0, length, offset);
      pieces.push(piece);
    }
    await writeFile(sample, Buffer.concat(pieces));
  } finally {
    await handle.close();
  }
}
