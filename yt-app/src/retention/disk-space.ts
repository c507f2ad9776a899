import { statfs } from 'node:fs/promises';
import type { SpaceLevel } from '@linkcast/contracts';
import { diskLevel, releaseBytes, type DiskLevel } from './disk-level.ts';

/** The space of the disk of the library, in bytes. */
export interface DiskSpace {
  readonly totalBytes: number;
  readonly freeBytes: number;
  /** So much may be in use: STORAGE_LIMIT. */
  readonly limitBytes: number;
  /** Space that may still be filled; below 0: more is in use than may be. */
  readonly roomBytes: number;
  readonly level: SpaceLevel;
  /** Bytes that have to be freed before space is not short any more; 0: it is not. */
  readonly missingBytes: number;
}

/** Measures the disk of the library. Space is short from a level below STORAGE_LIMIT on, until half as much again is free. */
export function createDiskSpace(mediaDir: string, limitRatio: number): () => Promise<DiskSpace> {
  let level: DiskLevel | undefined;

  return async () => {
    const { blocks, bavail, bsize } = await statfs(mediaDir);
    const [totalBytes, freeBytes] = [blocks * bsize, bavail * bsize];
    const limitBytes = Math.round(totalBytes * limitRatio);
    const roomBytes = freeBytes - (totalBytes - limitBytes);
    level = diskLevel({ totalBytes, roomBytes }, level);
    const missingBytes = level === undefined ? 0 : Math.max(1, releaseBytes(totalBytes) - roomBytes);
    const name = level === undefined ? 'ok' : 'short';
    return { totalBytes, freeBytes, limitBytes, roomBytes, level: roomBytes <= 0 ? 'full' : name, missingBytes };
  };
}
