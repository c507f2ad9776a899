import { statfs } from 'node:fs/promises';
import { Problem } from '@linkcast/contracts';

/** Keeps the disk from filling up. */
export interface StorageGuard {
  /** @throws {Problem} storage-full when the disk would be over the limit after `moreBytes` more bytes, or has fewer than 200 free inodes. */
  check(moreBytes?: number): Promise<void>;
  /** The bytes that may still be written before the disk is over the limit; below 0: it is. */
  roomBytes(): Promise<number>;
  /** True when the disk has no room left: programs that failed meanwhile failed for this reason. */
  isExhausted(): Promise<boolean>;
}

/** A download writes more than this within a second. */
const EXHAUSTED_BYTES = 4e6;
/** A job makes fewer files than this. File systems that make inodes as they need them state that they have none. */
const JOB_FILES = 200;

/** @param limitRatio part of the disk that may be in use, 0 to 1. */
export function createStorageGuard(directory: string, limitRatio: number): StorageGuard {
  return {
    async roomBytes() {
      const { blocks, bavail, bsize } = await statfs(directory);
      return Math.round(bavail * bsize - (1 - limitRatio) * blocks * bsize);
    },
    async check(moreBytes = 0) {
      const { blocks, bavail, bsize, files, ffree } = await statfs(directory);
      const usedRatio = 1 - (bavail * bsize - moreBytes) / (blocks * bsize);
      if (usedRatio > limitRatio || (files > 0 && ffree < JOB_FILES)) throw new Problem('storage-full');
    },
    async isExhausted() {
      const { bavail, bsize, files, ffree } = await statfs(directory);
      return bavail * bsize < EXHAUSTED_BYTES || (files > 0 && ffree === 0);
    },
  };
}
