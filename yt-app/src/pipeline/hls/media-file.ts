import { open, writeFile, type FileHandle } from 'node:fs/promises';
import type { ByteRange } from './segment.ts';

/** Opens a file for reading and closes it after `use`. */
export async function withFile<Result>(file: string, use: (handle: FileHandle) => Promise<Result>): Promise<Result> {
  const handle = await open(file, 'r');
  try {
    return await use(handle);
  } finally {
    await handle.close();
  }
}

/** Reads `length` bytes at `offset`; zeros behind the end of the file. */
export async function readAt(handle: FileHandle, { offset, length }: ByteRange): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  await handle.read(bytes, 0, length, offset);
  return bytes;
}

/** Copies ranges of a media file, such as its initialisation section and a segment, into a file that ffmpeg can read alone. */
export async function writeSample(sample: string, mediaFile: string, ranges: readonly ByteRange[]): Promise<void> {
  const pieces = await withFile(mediaFile, async (handle) => {
    const read: Buffer[] = [];
    for (const range of ranges) read.push(await readAt(handle, range));
    return read;
  });
  await writeFile(sample, Buffer.concat(pieces));
}
