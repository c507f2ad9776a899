import { execFileSync } from 'node:child_process';
import { statSync, truncateSync } from 'node:fs';
import { mkdir, mkdtemp, rm, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A file system in memory of a few megabytes, for tests of full and read-only disks. */
export interface SmallDisk {
  /** The mount point. */
  readonly folder: string;
  /** Its whole size. */
  readonly bytes: number;
  /** Takes all of its space but so many bytes. Default: 0. */
  fill(freeBytes?: number): void;
  /** Takes all of its inodes. */
  takeInodes(): Promise<void>;
  /** Gives back what {@link fill} and {@link takeInodes} took. */
  empty(): Promise<void>;
  /** @throws when it is to be read-only, and a file is open for writing. */
  setReadOnly(isReadOnly: boolean): void;
  usedBytes(): Promise<number>;
  close(): Promise<void>;
}

export interface SmallDiskOptions {
  /** The most files. Default: as many as its space has room for. */
  readonly inodes?: number;
}

/** Mounts a disk. @returns undefined where it cannot be: only root may. */
export async function mountSmallDisk(
  megabytes: number,
  { inodes = 0 }: SmallDiskOptions = {},
): Promise<SmallDisk | undefined> {
  const folder = await mkdtemp(path.join(tmpdir(), 'linkcast-disk-'));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    mount('-t', 'tmpfs', '-o', `size=${megabytes}m,nr_inodes=${inodes},mode=755`, 'tmpfs', folder);
  } catch {
    await remove();
    return undefined;
  }
  const filling = path.join(folder, 'filling');
  const inodesFolder = path.join(folder, 'inodes');
  return {
    folder,
    bytes: megabytes * 1024 * 1024,
    fill: (freeBytes = 0) => takeSpace(filling, freeBytes),
    async takeInodes() {
      await mkdir(inodesFolder, { recursive: true }).catch(refuseOtherThanFull);
      try {
        for (let number = 0; ; number += 1) await writeFile(path.join(inodesFolder, String(number)), '');
      } catch (error) {
        refuseOtherThanFull(error);
      }
    },
    async empty() {
      for (const taken of [filling, inodesFolder]) await rm(taken, { recursive: true, force: true });
    },
    setReadOnly: (isReadOnly) => mount('-o', isReadOnly ? 'remount,ro' : 'remount,rw', folder),
    async usedBytes() {
      const { blocks, bfree, bsize } = await statfs(folder);
      return (blocks - bfree) * bsize;
    },
    async close() {
      execFileSync('umount', ['--lazy', folder]);
      await remove();
    },
  };
}

function takeSpace(file: string, freeBytes: number): void {
  const command =
    'dd if=/dev/zero of="$1" bs=1M oflag=append conv=notrunc; dd if=/dev/zero of="$1" bs=4k oflag=append conv=notrunc; true';
  execFileSync('sh', ['-c', command, 'sh', file], { stdio: 'ignore' }); // until there is no room
  if (freeBytes === 0) return;
  const { size } = statSync(file);
  truncateSync(file, Math.max(0, size - freeBytes));
}

function refuseOtherThanFull(error: unknown): void {
  if (!['ENOSPC', 'ENOENT'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error; // fs throws these
}

function mount(...args: string[]): void {
  execFileSync('mount', args, { stdio: 'ignore' });
}
