import { statfs } from 'node:fs/promises';
import { Problem } from '@linkcast/contracts';

/** Keeps the disk from filling up. */
export interface StorageGuard {
  /** @throws {Problem} storage-full when the disk would be over the limit after `moreBytes` more bytes. */
  check(moreBytes?: number): Promise<void>;
  /** True when the disk has no room left: programs that failed meanwhile failed for this reason. */
  isExhausted(): Promise<boolean>;
}

/** A download writes more than this within a second. */
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
