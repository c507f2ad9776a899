import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { backupName, isBackupName } from './backup-name.ts';
import { backupDatabases, readManifest, type BackupDatabase } from './backup-manifest.ts';
import { proveDatabase, proveFile } from './backup-proof.ts';
import { BackupRefused } from './backup-refused.ts';

/** A copy of a database that was proved. */
export interface GoodBackup {
  /** The SQLite file. It stays where it is: copy it. */
  readonly file: string;
  /** Name of the folder of the backup, in BACKUP_DIR. */
  readonly name: string;
  /** ISO time. */
  readonly madeAt: string;
}

export interface NewestBackupOptions {
  readonly database: BackupDatabase;
  /** The newest version of its tables that this program knows: later copies are passed over. */
  readonly newestSchema: number;
}

/**
 * Finds the newest backup whose copy of one database is whole. Only that copy is read, and its manifest.
 *
 * @param directory BACKUP_DIR; one that is missing has no backups
 * @returns undefined when no copy is good
 */
export async function findNewestGoodBackup(
  directory: string,
  { database, newestSchema }: NewestBackupOptions,
): Promise<GoodBackup | undefined> {
  for (const name of await backupNames(directory)) {
    const folder = path.join(directory, name);
    try {
      const manifest = await readManifest(folder);
      if (manifest.databases[database] === undefined) continue;
      await proveFile(folder, manifest, backupDatabases[database]);
      proveDatabase(folder, manifest, database, newestSchema);
      return { file: path.join(folder, backupDatabases[database]), name, madeAt: manifest.madeAt };
    } catch (error) {
      if (!(error instanceof BackupRefused)) throw error;
    }
  }
  return undefined;
}

/** A clock may be wrong by hours, such as after a power cut; a name that lies further ahead is no time. */
const AHEAD_MS = 86_400_000;

/**
 * The names of the backups in BACKUP_DIR, the newest first. Those that lie more than a day ahead come last: a clock that was wrong
 * has named them. None when it cannot be read.
 *
 * @param nowMs milliseconds since 1970
 */
export async function backupNames(directory: string, nowMs = Date.now()): Promise<string[]> {
  const entries = await readdir(directory, { withFileTypes: true }).catch(() => []);
  const names = entries.filter((entry) => entry.isDirectory() && isBackupName(entry.name)).map(({ name }) => name);
  const newestFirst = names.toSorted().toReversed();
  const limit = backupName(new Date(nowMs + AHEAD_MS));
  return [...newestFirst.filter((name) => name <= limit), ...newestFirst.filter((name) => name > limit)];
}
