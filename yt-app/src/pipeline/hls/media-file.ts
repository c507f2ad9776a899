import { open, type FileHandle } from 'node:fs/promises';
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

const COPY_BYTES = 1 << 20;

/** Copies ranges of a media file, such as its initialisation section and a segment, into a file that ffmpeg can read alone. */
export async function writeSample(sample: string, mediaFile: string, ranges: readonly ByteRange[]): Promise<void> {
  const buffer = Buffer.allocUnsafe(COPY_BYTES);
  await withFile(mediaFile, async (from) => {
    const to = await open(sample, 'w');
    try {
      for (const range of ranges) await copyRange(from, to, { range, buffer });
    } finally {
      await to.close();
    }
  });
}

async function copyRange(
  from: FileHandle,
  to: FileHandle,
  { range, buffer }: { range: ByteRange; buffer: Buffer },
): Promise<void> {
  for (let copied = 0; copied < range.length;) {
    const { bytesRead } = await from.read(
      buffer,
      0,
      Math.min(COPY_BYTES, range.length - copied),
      range.offset + copied,
    );
    if (bytesRead === 0) return;
    await to.write(buffer, 0, bytesRead);
    copied += bytesRead;
  }
}
