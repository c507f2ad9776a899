import { lstat, mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { Problem, type FileChecksum, type ItemFacts } from '@linkcast/contracts';
import { syncPath } from '@linkcast/kit';
import type { CollectionEntry } from '../collections/collection-table.ts';
import { itemFileNames, MASTER_PLAYLIST } from '../files/item-files.ts';
import { writeMediaJson } from '../files/media-json.ts';
import type { LibraryItem } from '../items/item-table.ts';

export interface Replacement {
  /** The directory of the new files. */
  readonly from: string;
  /** The directory of the item. It need not exist. */
  readonly to: string;
  /** The item with its new files. */
  readonly item: LibraryItem;
  readonly files: readonly FileChecksum[];
  /** Those that have the item. */
  readonly collections: readonly CollectionEntry[];
}

/**
 * Moves the new files of an item into its directory. Their renditions have names of their own, so the files that a player reads
 * at this moment stay. The master playlist comes last, in one rename: before it the item has its old files, after it the new ones.
 * It may be repeated when it was interrupted.
 *
 * @throws {Problem} verification-failed when a file is missing or has another size.
 */
export async function replaceFiles({ from, to, item, files, collections }: Replacement): Promise<void> {
  for (const file of files) if (!(await isAt(from, file)) && !(await isAt(to, file))) throw failed();
  if (!(await lstat(to).catch(() => undefined))?.isDirectory()) await rm(to, { force: true }); // missing, or no directory
  await mkdir(to, { recursive: true });
  for (const { name } of files) if (name !== MASTER_PLAYLIST) await moveFile(name, from, to);
  await syncPath(to);
  await moveFile(MASTER_PLAYLIST, from, to);
  await writeMediaJson(to, item, { files, collections });
  await syncPath(to);
}

/** Requires that the checksums are those of all files that the item needs. @throws {Problem} verification-failed. */
export function requireChecksums({ files, ...facts }: ItemFacts): void {
  const names = new Set(files.map(({ name }) => name));
  if (facts.renditions.length === 0 || itemFileNames(facts).some((name) => !names.has(name))) throw failed();
}

function failed(): Problem {
  return new Problem('verification-failed');
}

async function isAt(directory: string, { name, bytes }: FileChecksum): Promise<boolean> {
  const found = await lstat(path.join(directory, name)).catch(() => undefined); // missing: it is elsewhere
  return found?.isFile() === true && found.size === bytes;
}

/** Moves a file, unless an earlier attempt has done it. What has its name there is replaced, also a directory. */
async function moveFile(name: string, from: string, to: string): Promise<void> {
  const [source, target] = [path.join(from, name), path.join(to, name)];
  if (!(await lstat(source).catch(() => undefined))) return; // moved before
  if ((await lstat(target).catch(() => undefined))?.isDirectory()) await rm(target, { recursive: true });
  await rename(source, target);
}
