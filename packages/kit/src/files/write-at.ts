import type { FileHandle } from 'node:fs/promises';

/** Writes all bytes at a place of a file; the file system may take them in parts. */
export async function writeAt(handle: FileHandle, bytes: Buffer, position: number): Promise<void> {
  for (let written = 0; written < bytes.length;)
    written += (await handle.write(bytes, written, bytes.length - written, position + written)).bytesWritten;
}
