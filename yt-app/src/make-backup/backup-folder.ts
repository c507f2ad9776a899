import { backupName, backupNames, isBackupName, syncPath } from '@linkcast/kit';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';

/** Names of folders that a killed run leaves in BACKUP_DIR: a backup that is not whole, or one that was being deleted. */
const LEFTOVER = /^\.(.+)\.(partial|deleted)$/;

/** A folder that becomes a backup when it is whole. */
export interface BackupFolder {
  readonly name: string;
  /** The path for its files, under a name that no backup has. */
  readonly draft: string;
  /** Gives it its name. It is on the disk when this resolves. @returns its path */
  finish(): Promise<string>;
  /** Deletes the draft. */
  discard(): Promise<void>;
}

/** Makes a folder for a new backup, and deletes what earlier runs have left. No other run may be in progress. */
export async function makeBackupFolder(directory: string, at: Date): Promise<BackupFolder> {
  await sweep(directory);
  const name = await freeName(directory, at);
  const draft = path.join(directory, `.${name}.partial`);
  await mkdir(draft, { mode: 0o700 });
  return {
    name,
    draft,
    async finish() {
      await syncPath(draft);
      await rename(draft, path.join(directory, name));
      await syncPath(directory);
      return path.join(directory, name);
    },
    discard: () => rm(draft, { recursive: true, force: true }),
  };
}

export interface OldestOptions {
  /** Number of backups that stay. */
  readonly keep: number;
  /** Name of the one that was just made: it stays, also when the clock was set back. */
  readonly made: string;
  /** The time now. */
  readonly at: Date;
}

/** Deletes the oldest backups until `keep` are left. @returns the names of those that were deleted */
export async function deleteOldest(directory: string, { keep, made, at }: OldestOptions): Promise<string[]> {
  const earlier = (await backupNames(directory, at.getTime())).filter((name) => name !== made);
  const old = earlier.slice(keep - 1);
  for (const name of old) {
    const leftover = path.join(directory, `.${name}.deleted`);
    await rename(path.join(directory, name), leftover); // half of it is never taken for a backup
    await rm(leftover, { recursive: true, force: true });
  }
  return old;
}

async function sweep(directory: string): Promise<void> {
  for (const entry of await readdir(directory)) {
    const [, name = ''] = LEFTOVER.exec(entry) ?? [];
    if (isBackupName(name)) await rm(path.join(directory, entry), { recursive: true, force: true });
  }
}

async function freeName(directory: string, at: Date): Promise<string> {
  const taken = new Set(await readdir(directory));
  let time = at;
  while (taken.has(backupName(time))) time = new Date(time.getTime() + 1000);
  return backupName(time);
}
