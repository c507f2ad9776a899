import { copyFile, mkdtemp, rm, stat, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A file system in memory, which every Linux has. */
const MEMORY = '/dev/shm';
/** The copy, and what SQLite adds while it takes in the log. */
const ROOM = 2;

export interface ReadableCopy {
  readonly file: string;
  /** Deletes its name; what is open stays readable. */
  unlink(): Promise<void>;
}

/**
 * Copies a SQLite database and its log to where something can be written: SQLite cannot read a database in WAL mode on a disk that is
 * read-only or has no free block. A database that is missing gives an empty folder.
 *
 * @returns undefined when there is no room for it anywhere.
 */
export async function makeReadableCopy(source: string): Promise<ReadableCopy | undefined> {
  for (const place of await placesFor(source)) {
    const folder = await mkdtemp(path.join(place, 'linkcast-database-')).catch(() => undefined);
    if (folder === undefined) continue; // not writable for us
    const file = path.join(folder, path.basename(source));
    const unlink = (): Promise<void> => rm(folder, { recursive: true, force: true });
    try {
      for (const suffix of ['', '-wal']) await copyIfThere(source + suffix, file + suffix);
      return { file, unlink };
    } catch (error) {
      await unlink();
      throw error;
    }
  }
  return undefined;
}

/** Reports whether {@link makeReadableCopy} would find room now. */
export async function hasRoomForCopy(source: string): Promise<boolean> {
  return (await placesFor(source)).length > 0;
}

async function placesFor(source: string): Promise<string[]> {
  const bytes = (await sizeOf(source)) + (await sizeOf(`${source}-wal`));
  const places: string[] = [];
  for (const place of [tmpdir(), MEMORY]) if ((await roomIn(place)) >= bytes * ROOM) places.push(place);
  return places;
}

async function sizeOf(file: string): Promise<number> {
  return (await stat(file).catch(() => undefined))?.size ?? 0; // missing
}

async function roomIn(folder: string): Promise<number> {
  const found = await statfs(folder).catch(() => undefined); // missing
  return found ? found.bavail * found.bsize : -1;
}

async function copyIfThere(from: string, to: string): Promise<void> {
  await copyFile(from, to).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error; // fs throws these
  });
}
