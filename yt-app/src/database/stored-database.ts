import { statfs } from 'node:fs/promises';
import path from 'node:path';
import { createDiskReserve, isDiskFull, isReadOnly, type DiskReserve, type Logger } from '@linkcast/kit';
import {
  openAppDatabase,
  type AppDatabase,
  type OpenAppDatabaseOptions,
  type StorageLimitation,
} from './app-database.ts';
import { isDiskReadOnly, requireWritableDisk } from './read-only-disk.ts';
import { makeReadableCopy } from './readable-copy.ts';

/** The database of the installation, and the space that is kept for it. */
export interface StoredDatabase {
  readonly database: AppDatabase;
  /** Undefined for a server: it has its own disk. */
  readonly reserve: DiskReserve | undefined;
}

export interface StoredDatabaseOptions {
  /** The SQLite file. */
  readonly file: string;
  /** A SQLite file to read instead while the disk is read-only. Default: the same. */
  readonly substitute?: string;
  /** Called with each error of a query. */
  readonly onError: (error: unknown) => void;
  readonly logger: Logger;
}

/** Name of the file that takes the space. */
const RESERVE = 'yt-app.reserve';

/**
 * Opens the SQLite database also when its disk is full or read-only: with the space of the reserve; or without the file that SQLite
 * shares between processes; or a copy elsewhere, which is read only. The last two are limited (`limitation`).
 *
 * @throws as {@link openAppDatabase} does, when all of it fails.
 */
export async function openStoredDatabase(options: StoredDatabaseOptions): Promise<StoredDatabase> {
  const { file, substitute = file, onError, logger } = options;
  const folder = path.dirname(file);
  const reserve = createDiskReserve(path.join(folder, RESERVE), folder);
  const freeSpace = (): number => {
    const bytes = reserve.release();
    if (bytes > 0) logger.warn({ bytes }, 'disk full: reserve released');
    return bytes;
  };
  const onRebuilt = (finding: string): void => logger.warn({ finding }, 'search index was damaged: rebuilt');
  const open = (options: OpenAppDatabaseOptions = {}): Promise<AppDatabase> =>
    openAppDatabase(file, { ...options, freeSpace, onError, onRebuilt });
  const openLimited = async (limitation: StorageLimitation, reason: unknown): Promise<AppDatabase> => {
    logger.error({ err: reason, limitation }, 'database cannot be written');
    if (limitation === 'read-only') return openCopy(substitute, limitation, reason);
    return open({ isShared: false, limitation }).catch(() => openCopy(file, limitation, reason));
  };

  for (;;) {
    try {
      requireWritableDisk(folder); // SQLite opens what it may not write, and refuses the first write
      return { database: await open(), reserve };
    } catch (error) {
      const limitation = await limitationOf(error, folder);
      if (limitation === undefined) throw error;
      if (limitation === 'full' && freeSpace() > 0) continue;
      return { database: await openLimited(limitation, error), reserve };
    }
  }
}

/**
 * SQLite reports the same error for a file that a read-only disk refuses, for one that no inode is left for, and for one that belongs to
 * another user. The last is no limitation: it does not end by itself.
 */
async function limitationOf(error: unknown, folder: string): Promise<StorageLimitation | undefined> {
  if (isDiskFull(error)) return 'full';
  if (!isReadOnly(error)) return undefined;
  const { bavail, files, ffree } = await statfs(folder);
  const isFull = bavail === 0 || (files > 0 && ffree === 0); // some file systems count no inodes
  if (isFull) return 'full';
  return isDiskReadOnly(folder) ? 'read-only' : undefined;
}

async function openCopy(file: string, limitation: StorageLimitation, reason: unknown): Promise<AppDatabase> {
  const copy = await makeReadableCopy(file);
  if (!copy) throw reason;
  try {
    return await openAppDatabase(copy.file, { isReadOnly: true, limitation });
  } finally {
    await copy.unlink();
  }
}
