import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';

const CHUNK_BYTES = 1 << 20;

/** Size and SHA-256 (64 hexadecimal digits) of a file. */
export interface FileDigest {
  readonly bytes: number;
  readonly sha256: string;
}

/** Reads a file of any size once, in pieces. */
export async function digestFile(file: string, signal?: AbortSignal): Promise<FileDigest> {
  const hash = createHash('sha256');
  let bytes = 0;
  const read = createReadStream(file, { highWaterMark: CHUNK_BYTES });
  read.on('data', (chunk) => (bytes += chunk.length));
  await pipeline(read, hash, { signal });
  return { bytes, sha256: hash.digest('hex') };
}
