import { randomBytes } from 'node:crypto';
import { lstat, mkdir, opendir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { MediaId } from '@linkcast/contracts';
import { isDiskFull, syncPath } from '@linkcast/kit';

const TRASH = '.trash';
/** Entries of a directory that are read at once: a large library does not block other calls. */
const ENTRIES_PER_READ = 512;

/** The directories of the items, `MEDIA_DIR/<id>/`. A symbolic link is never one of them, and never followed. */
export interface ItemDirectories {
  /** The path for an id; it need not exist. */
  of(id: string): string;
  exists(id: string): Promise<boolean>;
  /** Every entry that is named like an id and is a directory. */
  ids(): Promise<string[]>;
  /** Moves a directory into the trash; a power cut does not bring it back. {@link sweep} frees its bytes. */
  discard(id: string): Promise<void>;
  /** Empties the trash. */
  sweep(): Promise<void>;
}

export function createItemDirectories(mediaDir: string): ItemDirectories {
  const trash = path.join(mediaDir, TRASH);
  const of = (id: string): string => path.join(mediaDir, MediaId.parse(id));

  return {
    of,
    exists: async (id) => (await lstat(of(id)).catch(ignoreMissing))?.isDirectory() ?? false,
    async ids() {
      await mkdir(mediaDir, { recursive: true });
      const ids: string[] = [];
      for await (const entry of await opendir(mediaDir, { bufferSize: ENTRIES_PER_READ }))
        if (entry.isDirectory() && MediaId.safeParse(entry.name).success) ids.push(entry.name);
      return ids;
    },
    async discard(id) {
      try {
        await mkdir(trash, { recursive: true });
        await rename(of(id), path.join(trash, `${id}.${randomBytes(6).toString('hex')}`)).catch(ignoreMissing);
      } catch (error) {
        if (!isDiskFull(error)) throw error;
        await rm(of(id), { recursive: true, force: true }); // a disk without a free inode has no room for the trash
      }
      await syncPath(mediaDir);
    },
    sweep: () => rm(trash, { recursive: true, force: true }),
  };
}

function ignoreMissing(error: unknown): undefined {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined; // fs throws these
  throw error;
}
