import { lstat } from 'node:fs/promises';
import path from 'node:path';
import { Problem, type ItemFacts } from '@linkcast/contracts';

/**
 * Checks that all files of an item exist before the item becomes ready: the worker is not trusted. A symbolic link counts
 * as missing.
 *
 * @throws {Problem} verification-failed.
 */
export async function requireItemFiles(directory: string, facts: ItemFacts): Promise<void> {
  const names = [
    ...(facts.renditions.length > 0 ? ['index.m3u8'] : []),
    ...facts.renditions.flatMap(({ name }) => [`${name}.m3u8`, `${name}.mp4`]),
    ...(facts.hasFile ? ['audio.mp3'] : []),
    ...(facts.hasPoster ? ['poster.jpg'] : []),
  ];
  const isDirectory = (await lstat(directory).catch(() => undefined))?.isDirectory() ?? false; // missing: no directory
  const found = await Promise.all(names.map((name) => hasContent(path.join(directory, name))));
  if (!isDirectory || names.length === 0 || found.includes(false)) throw new Problem('verification-failed');
}

async function hasContent(file: string): Promise<boolean> {
  const found = await lstat(file).catch(() => undefined); // missing: no content
  return found !== undefined && found.isFile() && found.size > 0;
}
