import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { syncPath } from '@linkcast/kit';

/** Writes the files of an item, its directory and the entry of the directory to the disk (fsync). */
export async function makeDurable(directory: string): Promise<void> {
  const files = await readdir(directory);
  await Promise.all(files.map((file) => syncPath(path.join(directory, file))));
  await syncPath(directory);
  await syncPath(path.dirname(directory));
}
