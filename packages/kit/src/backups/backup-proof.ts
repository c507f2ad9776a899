import path from 'node:path';
import { BackupRefused } from './backup-refused.ts';
import {
  backupDatabases,
  readManifest,
  type BackupDatabase,
  type BackupManifest,
  type StoredManifest,
} from './backup-manifest.ts';
import { checkDatabaseCopy } from './database-copy.ts';
import { digestFile, type FileDigest } from './file-digest.ts';

/** The newest version of the tables of each database that this program knows. */
export type NewestSchemas = Readonly<Record<BackupDatabase, number>>;

/**
 * Proves a whole backup: the manifest, size and digest of each file, the pages and the version of each database.
 *
 * @throws {BackupRefused}
 */
export async function proveBackup(
  directory: string,
  newestSchemas: NewestSchemas,
  signal?: AbortSignal,
): Promise<StoredManifest> {
  const manifest = await readManifest(directory);
  const databases = storedDatabases(manifest);
  for (const database of databases) requireListed(manifest, backupDatabases[database]);
  if (manifest.secrets === 'encrypted') requireListed(manifest, SECRETS_NAME);
  for (const { name } of manifest.files) await proveFile(directory, manifest, name, signal);
  for (const database of databases) proveDatabase(directory, manifest, database, newestSchemas[database]);
  return manifest;
}

/** Name of the file with the encrypted secrets. */
export const SECRETS_NAME = 'secrets.enc';

/** The databases that a backup has. */
export function storedDatabases({ databases }: BackupManifest): BackupDatabase[] {
  return databases.bot === undefined ? ['yt-app'] : ['yt-app', 'bot'];
}

/** Proves size and digest of one file. @throws {BackupRefused} */
export async function proveFile(
  directory: string,
  manifest: BackupManifest,
  name: string,
  signal?: AbortSignal,
): Promise<void> {
  const listed = requireListed(manifest, name);
  const found = await digest(directory, name, signal);
  if (found.bytes !== listed.bytes || found.sha256 !== listed.sha256) throw new BackupRefused('damaged', name);
}

/** Proves pages and version of one database. @throws {BackupRefused} */
export function proveDatabase(
  directory: string,
  { databases }: BackupManifest,
  database: BackupDatabase,
  newestSchema: number,
): void {
  const name = backupDatabases[database];
  if ((databases[database]?.schema ?? 0) > newestSchema) throw new BackupRefused('newer', name);
  checkDatabaseCopy(path.join(directory, name), name, newestSchema);
}

function requireListed({ files }: BackupManifest, name: string): FileDigest {
  const found = files.find((file) => file.name === name);
  if (!found) throw new BackupRefused('damaged', name);
  return found;
}

async function digest(directory: string, name: string, signal: AbortSignal | undefined): Promise<FileDigest> {
  try {
    return await digestFile(path.join(directory, name), signal);
  } catch (error) {
    signal?.throwIfAborted();
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT'; // fs throws these
    throw new BackupRefused(isMissing ? 'damaged' : 'unreadable', name, { cause: error });
  }
}
