import { lstat } from 'node:fs/promises';
import path from 'node:path';
import { Problem, type ItemFacts } from '@linkcast/contracts';

/** The master playlist of an item: whoever opens the item begins with it. */
export const MASTER_PLAYLIST = 'index.m3u8';

/** The names of the files that an item has. */
export function itemFileNames({
  renditions,
  hasFile,
  hasPoster,
}: Pick<ItemFacts, 'hasFile' | 'hasPoster'> & {
  readonly renditions: readonly Pick<ItemFacts['renditions'][number], 'name'>[];
}): string[] {
  return [
    ...(renditions.length > 0 ? [MASTER_PLAYLIST] : []),
    ...renditions.flatMap(({ name }) => [`${name}.m3u8`, `${name}.mp4`]),
    ...(hasFile ? ['audio.mp3'] : []),
    ...(hasPoster ? ['poster.jpg'] : []),
  ];
}

/**
 * Checks that all files of an item exist before the item becomes ready: the worker is not trusted. A symbolic link counts
 * as missing.
 *
 * @throws {Problem} verification-failed.
 */
export async function requireItemFiles(directory: string, facts: ItemFacts): Promise<void> {
  const names = itemFileNames(facts);
  const isDirectory = (await lstat(directory).catch(() => undefined))?.isDirectory() ?? false; // missing: no directory
  const found = await Promise.all(names.map((name) => hasContent(path.join(directory, name))));
  if (!isDirectory || names.length === 0 || found.includes(false)) throw new Problem('verification-failed');
}

async function hasContent(file: string): Promise<boolean> {
  const found = await lstat(file).catch(() => undefined); // missing: no content
  return found !== undefined && found.isFile() && found.size > 0;
}
