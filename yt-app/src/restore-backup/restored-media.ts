import { MediaId, mediaMarker } from '@linkcast/contracts';
import { BackupRefused, parseJson, syncPath } from '@linkcast/kit';
import { constants, createReadStream } from 'node:fs';
import { access, copyFile, lstat, mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { MEDIA_FOLDER, MEDIA_LIST_NAME } from '../make-backup/stored-media.ts';

/** The place of half an item in MEDIA_DIR: recovery and nginx pass over it. */
const DRAFT = '.restore';

const FileName = z
  .string()
  .regex(/^[^/]+$/)
  .refine((name) => name !== '.' && name !== '..');
const ListedItem = z.object({
  id: MediaId,
  /** Sizes by name; none when the item is not in the backup. */
  files: z.record(FileName, z.number()).default({}),
});
type ListedItem = z.infer<typeof ListedItem>;

/** Checks that each file of the media is in the backup, with its size, and that no link leads out of it. @throws {BackupRefused} `damaged`. */
export async function proveMedia(backup: string): Promise<void> {
  await requireFolder(backup, MEDIA_FOLDER);
  const marker = path.join(MEDIA_FOLDER, mediaMarker);
  const foundMarker = await lstat(path.join(backup, marker)).catch(ignoreMissing);
  if (foundMarker?.isFile() === false) throw new BackupRefused('damaged', marker);
  for await (const { id, files } of readList(backup)) {
    if (Object.keys(files).length > 0) await requireFolder(backup, path.join(MEDIA_FOLDER, id));
    for (const [name, bytes] of Object.entries(files)) {
      const file = path.join(MEDIA_FOLDER, id, name);
      const found = await lstat(path.join(backup, file)).catch(() => undefined);
      if (found?.isFile() !== true || found.size !== bytes) throw new BackupRefused('damaged', file);
    }
  }
}

/**
 * Puts the items of the backup that MEDIA_DIR does not have into it, each whole, and replaces none.
 *
 * @returns their number
 */
export async function restoreMedia(backup: string, mediaDir: string): Promise<number> {
  await mkdir(mediaDir, { recursive: true });
  const draft = path.join(mediaDir, DRAFT);
  let count = 0;
  for await (const item of readList(backup)) {
    const target = path.join(mediaDir, item.id);
    if (Object.keys(item.files).length === 0 || (await isThere(target))) continue;
    await rm(draft, { recursive: true, force: true });
    await mkdir(draft);
    for (const name of Object.keys(item.files))
      await place(path.join(backup, MEDIA_FOLDER, item.id, name), path.join(draft, name));
    await syncPath(draft);
    await rename(draft, target);
    count += 1;
  }
  const marker = path.join(mediaDir, mediaMarker);
  const storedMarker = path.join(backup, MEDIA_FOLDER, mediaMarker);
  if ((await isThere(storedMarker)) && !(await isThere(marker))) await copyFile(storedMarker, marker);
  await syncPath(mediaDir);
  return count;
}

async function requireFolder(backup: string, folder: string): Promise<void> {
  const found = await lstat(path.join(backup, folder)).catch(ignoreMissing);
  if (found?.isDirectory() !== true) throw new BackupRefused('damaged', folder);
}

function ignoreMissing(error: unknown): undefined {
  const { code } = error as NodeJS.ErrnoException; // fs throws these
  if (code !== 'ENOENT') throw error;
}

/** Never a link: the backup stays whole when a file of the library is damaged. */
async function place(source: string, target: string): Promise<void> {
  await copyFile(source, target, constants.COPYFILE_FICLONE);
  await syncPath(target);
}

async function* readList(backup: string): AsyncGenerator<ListedItem> {
  const lines = createInterface({ input: createReadStream(path.join(backup, MEDIA_LIST_NAME)), crlfDelay: Infinity });
  for await (const line of lines) yield ListedItem.parse(parseJson(line));
}

async function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
