import path from 'node:path';
import { z } from 'zod';
import { readIfThere, writeFileAtomic } from '../files/atomic-file.ts';
import { parseJson } from '../files/json.ts';

/** The reasons why a backup could not be made. */
export const backupFailures = [
  'disk-full',
  'no-database',
  'no-directory',
  'not-mounted',
  'not-writable',
  'media-not-mounted',
  'database-away',
  'database-damaged',
  'took-too-long',
  'in-progress',
  'unexpected',
] as const;
export type BackupFailure = (typeof backupFailures)[number];

/** The state of the backups, as yt-app reads it. It is in yt-app's folder, because yt-app may see no other. */
const Status = z.object({
  /** The newest good backup; null: none was made yet. */
  lastGood: z.object({ name: z.string(), madeAt: z.iso.datetime(), bytes: z.number() }).nullable(),
  /** The end of the last run that was to make one; null: none ran yet. */
  lastRun: z.object({ endedAt: z.iso.datetime(), failure: z.enum(backupFailures).nullable() }).nullable(),
  /** The time at which the newest good backup was restored; missing: it was not. */
  restoredAt: z.iso.datetime().optional(),
});
export type BackupStatus = z.infer<typeof Status>;

const NAME = 'backup.json';
const NONE: BackupStatus = { lastGood: null, lastRun: null };

/** Reads the state of the backups. One that is missing or unreadable is the state before the first run. @param folder yt-app's folder */
export async function readBackupStatus(folder: string): Promise<BackupStatus> {
  const status = Status.safeParse(parseJson((await readIfThere(path.join(folder, NAME))) ?? ''));
  return status.success ? status.data : NONE;
}

export function writeBackupStatus(folder: string, status: BackupStatus): Promise<void> {
  return writeFileAtomic(path.join(folder, NAME), `${JSON.stringify(status)}\n`, { mode: 0o600 });
}
