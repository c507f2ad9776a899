import { statfs } from 'node:fs/promises';
import { Problem } from '@linkcast/contracts';

/** Keeps the disk from filling up. */
export interface StorageGuard {
  /** @throws {Problem} storage-full when the disk, with so many more bytes on it, is over the limit. */
  check(moreBytes?: number): Promise<void>;
  /** Is there no room for anything more? Then this is why the programs failed, whatever they said. */
  isExhausted(): Promise<boolean>;
}

/** Less than a moment of a download needs. */
const EXHAUSTED_BYTES = 4e6;

/** @param limitRatio part of the disk that may be in use, 0 to 1. */
export function createStorageGuard(directory: string, limitRatio: number): StorageGuard {
  return {
    async check(moreBytes = 0) {
      const { blocks, bavail, bsize } = await statfs(directory);
      const usedRatio = 1 - (bavail * bsize - moreBytes) / (blocks * bsize);
      if (usedRatio > limitRatio) throw new Problem('storage-full');
    },
    async isExhausted() {
      const { bavail, bsize } = await statfs(directory);
      return bavail * bsize < EXHAUSTED_BYTES;
    },
  };
}
