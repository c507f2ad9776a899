import { lstat, opendir } from 'node:fs/promises';
import path from 'node:path';

/** Entries that are read at most. */
const MOST = 20_000;

/** The bytes of all files below a directory; 0 when it does not exist. Files that disappear meanwhile do not count. */
export async function directorySize(directory: string): Promise<number> {
  let bytes = 0;
  let entries = 0;
  const add = async (folder: string): Promise<void> => {
    for await (const entry of await opendir(folder)) {
      entries += 1;
      if (entries > MOST) return;
      const file = path.join(folder, entry.name);
      if (entry.isDirectory()) await add(file).catch(ignoreMissing);
      else bytes += (await lstat(file).catch(ignoreMissing))?.size ?? 0;
    }
  };
  await add(directory).catch(ignoreMissing);
  return bytes;
}

function ignoreMissing(error: unknown): undefined {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined; // fs throws these
  throw error;
}
