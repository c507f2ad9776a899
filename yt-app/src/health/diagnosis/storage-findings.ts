import type { Finding } from '@linkcast/contracts';
import { LEAST_DISK_BYTES_PER_SECOND, LEAST_FREE_INODES, measureDiskSpeed, readBackupStatus } from '@linkcast/kit';
import { message } from '@linkcast/texts';
import { mkdir, statfs } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fault, fine, remark } from './finding.ts';

/** A disk that answers nothing for so long is one that does not work. */
const LIMIT_MS = 3000;
/** Intervals without a good backup after which it is late. */
const LATE_INTERVALS = 2;

/**
 * Measures the disk of the library, once for all who ask meanwhile: on a disk that answers nothing, no second measurement starts. The files
 * are in the folder of the workers, which is swept: a crash leaves nothing.
 */
export function createDiskSpeedCheck(mediaDir: string): () => Promise<Finding> {
  let measuring: Promise<number> | undefined;
  const measure = (): Promise<number> =>
    (measuring ??= measureIn(path.join(mediaDir, '.work')).finally(() => {
      measuring = undefined;
    }));
  return () => diskSpeedFinding(measure);
}

async function diskSpeedFinding(measure: () => Promise<number>): Promise<Finding> {
  const name = 'disk speed';
  const limit = new AbortController();
  try {
    const bytesPerSecond = await Promise.race([measure(), delay(LIMIT_MS, 0, { signal: limit.signal })]);
    const measured = message('disk-speed-measured', { bytesPerSecond });
    return bytesPerSecond >= LEAST_DISK_BYTES_PER_SECOND
      ? fine(name, measured)
      : fault(name, measured, message('do-check-disk-speed'));
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException; // fs throws these
    return fault(name, message('disk-unwritable', { code }), message('do-check-disk'));
  } finally {
    limit.abort();
  }
}

async function measureIn(directory: string): Promise<number> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  return measureDiskSpeed(directory);
}

/** Checks that the disk of the library can take more files. Some file systems, such as btrfs, have no fixed number. */
export async function inodesFinding(mediaDir: string): Promise<Finding> {
  const name = 'files';
  const { files, ffree: count } = await statfs(mediaDir);
  return files === 0 || count >= LEAST_FREE_INODES
    ? fine(name, message('inodes-enough'))
    : fault(name, message('inodes-few', { count }), message('do-free-inodes'));
}

export interface BackupState {
  /** yt-app's folder, in which the backup notes its state. */
  readonly dataDir: string;
  /** Milliseconds from one backup to the next; undefined: none are scheduled. */
  readonly backupEveryMs: number | undefined;
}

/** Checks the age of the newest good backup, and the result of the last run. */
export async function backupFinding({ dataDir, backupEveryMs }: BackupState): Promise<Finding> {
  const name = 'backup';
  const { lastGood, lastRun } = await readBackupStatus(dataDir);
  const repair = message('do-check-backup');
  if (lastGood === null)
    return backupEveryMs === undefined
      ? remark(name, message('backup-absent'), message('do-make-backup'))
      : fault(name, message('backup-absent'), repair);
  const newest = message('backup-newest', { madeAt: lastGood.madeAt });
  if (backupEveryMs === undefined) return fine(name, newest);
  const failure = lastRun?.failure ?? null;
  if (failure !== null) return fault(name, { ...newest, cause: message(`backup-${failure}`) }, repair);
  const isLate = Date.now() - Date.parse(lastGood.madeAt) > LATE_INTERVALS * backupEveryMs;
  return isLate ? fault(name, newest, repair) : fine(name, newest);
}
