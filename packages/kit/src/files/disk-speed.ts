import { mkdtemp, open, rm } from 'node:fs/promises';
import path from 'node:path';

/** Two downloads of a fast line, and the segments beside them. */
export const LEAST_DISK_BYTES_PER_SECOND = 10e6;
/** Free inodes below which a library that still has space can soon store nothing. */
export const LEAST_FREE_INODES = 10_000;

const CHUNK_BYTES = 2e6;
const MOST_BYTES = 16e6;
const MOST_MS = 1500;

/**
 * Measures how fast data reach the disk of a directory: writes up to 16 MB, for 1.5 seconds, each 2 MB until they are on the disk.
 *
 * @returns bytes per second.
 * @throws what the file system throws, such as `EROFS`.
 */
export async function measureDiskSpeed(directory: string): Promise<number> {
  const folder = await mkdtemp(path.join(directory, '.doctor-'));
  try {
    const handle = await open(path.join(folder, 'probe'), 'w');
    try {
      const chunk = Buffer.alloc(CHUNK_BYTES, 'linkcast');
      const beganAt = performance.now();
      let bytes = 0;
      while (bytes < MOST_BYTES && performance.now() - beganAt < MOST_MS) {
        bytes += (await handle.write(chunk)).bytesWritten;
        await handle.sync();
      }
      return bytes / ((performance.now() - beganAt) / 1000);
    } finally {
      await handle.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
