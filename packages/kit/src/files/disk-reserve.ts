import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, renameSync, rmSync, statfsSync, statSync, writeSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';

/** A file that takes space while nobody needs it, so that there is some when a disk is full. */
export interface DiskReserve {
  /** Reports whether the file is there. */
  isHeld(): boolean;
  /** Deletes the file: its space can be used. @returns its bytes; 0 when there was none. */
  release(): number;
  /** Makes the file when it is missing and the disk has room for it. Never rejects. @returns {@link isHeld}. */
  restore(): Promise<boolean>;
}

/** The most that is taken. SQLite's log takes 4 MB before it is copied to the file, which grows by less. */
const MOST_BYTES = 8 * 2 ** 20;
/** Of a small disk, this part. */
const PART_OF_DISK = 1 / 16;
/** So many times its size has to be free before it is made: otherwise it would itself fill the disk. */
const ROOM = 3;
const CHUNK_BYTES = 2 ** 18;

export function createDiskReserve(file: string, folder: string): DiskReserve {
  let isHeld = statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
  let restoring: Promise<boolean> | undefined;

  const make = async (): Promise<boolean> => {
    if (isHeld) return true;
    try {
      const { blocks, bavail, bsize } = statfsSync(folder);
      const bytes = Math.min(MOST_BYTES, Math.floor(blocks * bsize * PART_OF_DISK));
      if (bavail * bsize < bytes * ROOM) return false;
      await fill(file, bytes);
      isHeld = true;
    } catch {
      isHeld = false; // the disk is full, read-only or not mounted: the next call tries again
    }
    return isHeld;
  };

  return {
    isHeld: () => isHeld,
    release() {
      if (!isHeld) return 0;
      isHeld = false;
      const { size = 0 } = statSync(file, { throwIfNoEntry: false }) ?? {};
      rmSync(file, { force: true });
      return size;
    },
    restore() {
      restoring ??= make().finally(() => (restoring = undefined));
      return restoring;
    },
  };
}

/** Random bytes: a file system that compresses, or finds equal blocks, would keep no space for others. */
async function fill(file: string, bytes: number): Promise<void> {
  const temporary = `${file}.tmp`;
  const descriptor = openSync(temporary, 'w', 0o600);
  try {
    for (let left = bytes; left > 0; left -= CHUNK_BYTES) {
      writeSync(descriptor, randomBytes(Math.min(left, CHUNK_BYTES)));
      await setImmediate();
    }
    fsyncSync(descriptor);
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  } finally {
    closeSync(descriptor);
  }
}
