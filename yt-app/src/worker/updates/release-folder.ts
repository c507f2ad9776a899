import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { FolderInUse, lockFolder, type FolderLock, type Logger } from '@linkcast/kit';

/** A worker's folder for releases, which no other worker uses. */
export interface ReleaseFolder {
  readonly folder: string;
  readonly lock: FolderLock;
}

/** More workers than one machine has. */
const MOST = 16;

/**
 * Takes the first folder in DATA_DIR that no other worker has: containers get another name at each start, so that a folder by name would
 * be left behind.
 *
 * @returns undefined when none can be had: the worker then uses the installed yt-dlp.
 */
export function takeReleaseFolder(dataDir: string, logger: Logger): ReleaseFolder | undefined {
  try {
    for (let number = 1; number <= MOST; number += 1) {
      const taken = tryFolder(path.join(dataDir, `downloader-${number}`));
      if (taken) return taken;
    }
  } catch (error) {
    logger.warn({ err: error }, 'no folder for releases: the installed downloader is used');
  }
  return undefined;
}

function tryFolder(folder: string): ReleaseFolder | undefined {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  try {
    return { folder, lock: lockFolder(folder, 'worker', { waitSeconds: 0 }) };
  } catch (error) {
    if (error instanceof FolderInUse) return undefined;
    throw error;
  }
}
