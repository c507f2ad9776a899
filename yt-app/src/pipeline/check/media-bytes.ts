import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import type { ByteRange } from '../hls/segment.ts';

/** The file ends before what its playlist lists. */
export class FileTooShort extends Error {
  override readonly name = 'FileTooShort';
}

const CHUNK_BYTES = 1 << 20;

/** Opens a regular file, without following a symbolic link or waiting at a pipe. @throws the file system's error. */
export async function openMediaFile(file: string): Promise<FileHandle> {
  const handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  if ((await handle.stat()).isFile()) return handle;
  await handle.close();
  throw new FileTooShort('no regular file');
}

/** Reads ranges of a file, one after another. @throws {FileTooShort} */
export async function* readRanges(handle: FileHandle, ranges: readonly ByteRange[]): AsyncGenerator<Buffer> {
  for (const { offset, length } of ranges) {
    for (let read = 0; read < length;) {
      const chunk = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, length - read));
      const { bytesRead } = await handle.read(chunk, 0, chunk.length, offset + read);
      if (bytesRead === 0) throw new FileTooShort('the file ends early');
      yield chunk.subarray(0, bytesRead);
      read += bytesRead;
    }
  }
}
