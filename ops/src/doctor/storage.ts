import { LEAST_DISK_BYTES_PER_SECOND, LEAST_FREE_INODES, measureDiskSpeed, readBackupStatus } from '@linkcast/kit';
import type { DoctorTexts } from '@linkcast/texts';
import { existsSync } from 'node:fs';
import { stat, statfs } from 'node:fs/promises';
import path from 'node:path';
import { bad, note, ok, type Finding } from './finding.ts';

/** Intervals without a good backup after which yt-app reports it. */
const LATE_INTERVALS = 2;

/** Checks that the file system of a directory can take more files. Some, such as btrfs, have no fixed number: they always can. */
export async function checkInodes(directory: string, say: DoctorTexts): Promise<Finding> {
  const { files, ffree } = await statfs(nearestExisting(directory));
  if (files === 0 || ffree >= LEAST_FREE_INODES) return ok(say.checks.inodes, say.inodesEnough);
  return bad(say.checks.inodes, say.inodesFew(ffree), say.freeInodes);
}

/** Writes into a directory, and measures how fast the data reach the disk. */
export async function checkDiskSpeed(
  directory: string,
  say: DoctorTexts,
  leastBytesPerSecond = LEAST_DISK_BYTES_PER_SECOND,
): Promise<Finding> {
  const subject = say.checks.diskSpeed;
  try {
    const bytesPerSecond = await measureDiskSpeed(nearestExisting(directory));
    const detail = say.diskSpeed(bytesPerSecond);
    return bytesPerSecond >= leastBytesPerSecond ? ok(subject, detail) : bad(subject, detail, say.fixDiskSpeed);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException; // fs throws these
    return bad(subject, say.diskUnwritable(directory, code ?? 'unknown'), say.fixDiskUnwritable);
  }
}

export interface BackupCheck {
  /** DATA_DIR. */
  readonly data: string;
  /** BACKUP_DIR; undefined: none are scheduled. */
  readonly directory: string | undefined;
  /** BACKUP_EVERY. */
  readonly everySeconds: number;
}

/** Checks the age of the newest good backup, its place, and the result of the last run. */
export async function checkBackup({ data, directory, everySeconds }: BackupCheck, say: DoctorTexts): Promise<Finding> {
  const subject = say.checks.backup;
  const { lastGood, lastRun } = await readBackupStatus(path.join(data, 'yt-app'));
  if (lastGood === null)
    return directory === undefined
      ? note(subject, say.noBackup, say.makeBackup)
      : bad(subject, say.noBackup, say.fixBackup);
  const detail = say.newestBackup(lastGood.madeAt);
  if (directory === undefined) return ok(subject, detail);
  const isLate = Date.now() - Date.parse(lastGood.madeAt) > LATE_INTERVALS * everySeconds * 1000;
  if (isLate || (lastRun !== null && lastRun.failure !== null)) return bad(subject, detail, say.fixBackup);
  return (await isSameDisk(data, directory)) ? note(subject, detail, say.backupOnSameDisk) : ok(subject, detail);
}

async function isSameDisk(one: string, other: string): Promise<boolean> {
  const [{ dev }, { dev: otherDev }] = await Promise.all([stat(one), stat(nearestExisting(other))]);
  return dev === otherDev;
}

function nearestExisting(directory: string): string {
  return existsSync(directory) ? directory : nearestExisting(path.dirname(directory));
}
