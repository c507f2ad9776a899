import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { pause, type FileDigest } from '@linkcast/kit';

/** Reads a regular file and computes its SHA-256; follows no symbolic link. @throws the file system's errors. */
export type DigestFile = (file: string, signal: AbortSignal) => Promise<FileDigest>;

/** 100 GB in three hours, and about 1 % of a processor meanwhile. */
export const SCRUB_BYTES_PER_SECOND = 10e6;

const CHUNK_BYTES = 1 << 20;

/** Reads no faster than this rate, in bytes per second: the disk has time for viewers, and the processor for everything else. */
export function createPacedDigest(bytesPerSecond: number): DigestFile {
  const chunk = Buffer.allocUnsafeSlow(CHUNK_BYTES);
  return async (file, signal) => {
    const handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      const hash = createHash('sha256');
      let bytes = 0;
      for (;;) {
        signal.throwIfAborted();
        const { bytesRead } = await handle.read(chunk, 0, CHUNK_BYTES, bytes);
        if (bytesRead === 0) return { bytes, sha256: hash.digest('hex') };
        hash.update(chunk.subarray(0, bytesRead));
        bytes += bytesRead;
        await pause((bytesRead / bytesPerSecond) * 1000, signal);
      }
    } finally {
      await handle.close();
    }
  };
}
