import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { FileChecksum } from '@linkcast/contracts';

/** Files of renditions, as the pipeline names them. */
const RENDITION_FILE = /^(?:v\d+|video|audio)[a-z0-9]*\.(?:m3u8|mp4)$/;

/** Removes the files of renditions that an item no longer has: those that it had before it was downloaded again. */
export async function removeSupersededFiles(directory: string, files: readonly FileChecksum[]): Promise<void> {
  const current = new Set(files.map(({ name }) => name));
  const names = await readdir(directory);
  for (const name of names)
    if (RENDITION_FILE.test(name) && !current.has(name))
      await rm(path.join(directory, name), { recursive: true, force: true });
}
