import { backupDatabases, readDatabaseCopy, syncPath } from '@linkcast/kit';
import { constants, closeSync, openSync, writeSync } from 'node:fs';
import { copyFile, link, lstat, mkdir, readdir, utimes } from 'node:fs/promises';
import path from 'node:path';
import { writeMarker } from '../library/volume/volume-marker.ts';
import { requireVolume } from './required-volume.ts';

/** Name of the list of all items, one as JSON a line. */
export const MEDIA_LIST_NAME = 'media.ndjson';
/** Name of the folder with the media, when they are included. */
export const MEDIA_FOLDER = 'media';

export interface StoredMedia {
  readonly items: number;
  /** Of all items. */
  readonly bytes: number;
}

export interface MediaSources {
  readonly mediaDir: string;
  /** Copies the files, too. */
  readonly isIncluded: boolean;
  /** An earlier backup whose equal files are shared. */
  readonly earlier: string | undefined;
  readonly signal: AbortSignal;
}

/** An item as the list has it. */
interface ListedItem {
  readonly id: string;
  readonly title: string;
  readonly sourceUrl: string;
  readonly state: string;
  readonly bytes: number;
}

const ITEMS = `SELECT id, type, title, uploader, source_url AS sourceUrl, state, bytes, created_at AS createdAt,
  deleted_at AS deletedAt FROM media ORDER BY number`;
const VOLUME = 'SELECT id FROM media_volume';
const LINES_PER_WRITE = 1000;

/**
 * Lists the items of the database that was copied into the folder, and copies their files when they are included.
 *
 * @throws {BackupFailed} media-not-mounted.
 */
export async function storeMedia(sources: MediaSources, folder: string): Promise<StoredMedia> {
  const { items, volumeId } = readDatabaseCopy(path.join(folder, backupDatabases['yt-app']), (database) => ({
    items: database.prepare<[], ListedItem>(ITEMS).all(),
    volumeId: database.prepare<[], { id: string }>(VOLUME).get()?.id,
  }));
  const target = path.join(folder, MEDIA_FOLDER);
  const files = sources.isIncluded ? await copyItems(items, volumeId, sources, target) : undefined;
  writeList(
    path.join(folder, MEDIA_LIST_NAME),
    items.map((item) => ({ ...item, ...(files && { files: files.get(item.id) ?? {} }) })),
  );
  await syncPath(path.join(folder, MEDIA_LIST_NAME));
  return { items: items.length, bytes: items.reduce((sum, { bytes }) => sum + bytes, 0) };
}

function writeList(file: string, items: readonly ListedItem[]): void {
  const descriptor = openSync(file, 'wx', 0o600);
  try {
    for (let start = 0; start < items.length; start += LINES_PER_WRITE) {
      const lines = items.slice(start, start + LINES_PER_WRITE).map((item) => `${JSON.stringify(item)}\n`);
      writeSync(descriptor, lines.join(''));
    }
  } finally {
    closeSync(descriptor);
  }
}

/** Sizes of the files of an item, by name. */
type FileSizes = Record<string, number>;

async function copyItems(
  items: readonly ListedItem[],
  volumeId: string | undefined,
  { mediaDir, earlier, signal }: MediaSources,
  target: string,
): Promise<ReadonlyMap<string, FileSizes>> {
  await requireVolume(mediaDir, volumeId);
  await mkdir(target, { mode: 0o700 });
  if (volumeId !== undefined) await writeMarker(target, volumeId);
  const copied = new Map<string, FileSizes>();
  for (const { id, state } of items) {
    signal.throwIfAborted();
    if (state !== 'ready') continue; // its files still change
    const earlierItem = earlier === undefined ? undefined : path.join(earlier, MEDIA_FOLDER, id);
    const files = await copyItem(path.join(mediaDir, id), path.join(target, id), earlierItem);
    if (files) copied.set(id, files);
    else await requireVolume(mediaDir, volumeId); // its disk may be away by now
  }
  await syncPath(target);
  return copied;
}

/** @returns undefined when the item was deleted meanwhile; what was copied of it stays, and is not in the list. */
async function copyItem(source: string, target: string, earlier: string | undefined): Promise<FileSizes | undefined> {
  const sizes: FileSizes = {};
  try {
    const entries = (await readdir(source, { withFileTypes: true })).filter((entry) => entry.isFile());
    await mkdir(target, { mode: 0o700 });
    for (const { name } of entries) {
      const earlierFile = earlier === undefined ? undefined : path.join(earlier, name);
      sizes[name] = await shareOrCopy(path.join(source, name), path.join(target, name), earlierFile);
    }
    await syncPath(target);
    return sizes;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined; // fs throws these
    throw error;
  }
}

/** Files of an item are replaced and never changed: a hard link is a copy. @returns the size */
async function shareOrCopy(source: string, target: string, earlier: string | undefined): Promise<number> {
  const { size, mtimeMs, atime, mtime } = await lstat(source);
  const known = earlier === undefined ? undefined : await lstat(earlier).catch(() => undefined);
  const isEqual = known?.isFile() === true && known.size === size && Math.abs(known.mtimeMs - mtimeMs) < 1;
  if (isEqual && earlier !== undefined && (await canLink(earlier, target))) return size;
  if (await canLink(source, target)) return size;
  await copyFile(source, target, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
  await utimes(target, atime, mtime); // the next backup recognises it
  await syncPath(target);
  return (await lstat(target)).size;
}

/** Links a file, where the file system can. */
async function canLink(source: string, target: string): Promise<boolean> {
  try {
    await link(source, target);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException; // fs throws these
    if (['EXDEV', 'EPERM', 'EMLINK', 'ENOTSUP', 'EOPNOTSUPP', 'EACCES'].includes(code ?? '')) return false;
    throw error;
  }
}
