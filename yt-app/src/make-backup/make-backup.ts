import {
  BACKUP_FORMAT,
  backupDatabases,
  backupNames,
  digestFile,
  FolderInUse,
  lockFolder,
  type FolderLock,
  readBackupStatus,
  SECRETS_NAME,
  writeBackupStatus,
  writeManifest,
  type BackupFailure,
  type BackupManifest,
  type BackupStatus,
} from '@linkcast/kit';
import { access, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { backupSigner } from '../backup/backup-signature.ts';
import { BackupFailed, failureOf } from './backup-failed.ts';
import { deleteOldest, makeBackupFolder } from './backup-folder.ts';
import { storeDatabases } from './stored-databases.ts';
import { MEDIA_LIST_NAME, storeMedia } from './stored-media.ts';
import { storeSettings } from './stored-settings.ts';

export interface BackupOptions {
  /** The folder of all parts. */
  readonly dataDir: string;
  readonly mediaDir: string;
  readonly databaseUrl: string | undefined;
  /** BACKUP_DIR; it must be there. */
  readonly directory: string;
  readonly keep: number;
  readonly passphrase: string | undefined;
  readonly isMediaIncluded: boolean;
  /** A person waits for it: an empty directory is no sign of a disk that is not mounted. */
  readonly isAsked: boolean;
  /** Version of the program. */
  readonly version: string;
  readonly signal: AbortSignal;
  readonly clock?: () => Date;
}

/** A backup that is whole, and on the disk. */
export interface MadeBackup {
  readonly path: string;
  readonly manifest: BackupManifest;
  /** Of its files, without the media. */
  readonly bytes: number;
  /** Names of the backups that were too many. */
  readonly deleted: readonly string[];
}

/**
 * Makes a backup while everything runs, and notes the result for yt-app's notices. It gets its name when it is whole; what an
 * interrupted run has left is deleted by the next one.
 *
 * @throws {BackupFailed}
 */
export async function makeBackup(options: BackupOptions): Promise<MadeBackup> {
  const { dataDir, clock = () => new Date() } = options;
  const folder = path.join(dataDir, 'yt-app');
  const status = await readBackupStatus(folder);
  try {
    const made = await makeLocked(options, status, clock);
    const { madeAt } = made.manifest;
    const lastGood = { name: path.basename(made.path), madeAt, bytes: made.bytes };
    await writeBackupStatus(folder, { lastGood, lastRun: { endedAt: madeAt, failure: null } });
    return made;
  } catch (error) {
    options.signal.throwIfAborted();
    const failure = failureOf(error);
    if (failure !== 'in-progress') await noteFailure(folder, failure, clock());
    throw new BackupFailed(failure, { cause: error });
  }
}

async function noteFailure(folder: string, failure: BackupFailure, at: Date): Promise<void> {
  const { lastGood } = await readBackupStatus(folder);
  const lastRun = { endedAt: at.toISOString(), failure };
  await writeBackupStatus(folder, { lastGood, lastRun }).catch(() => undefined); // its disk may be full, too
}

async function makeLocked(options: BackupOptions, status: BackupStatus, clock: () => Date): Promise<MadeBackup> {
  const lock = takeLock(options.dataDir);
  try {
    await requireDirectory(options, status);
    return await makeWhole(options, clock);
  } finally {
    lock.release();
  }
}

function takeLock(dataDir: string): FolderLock {
  try {
    return lockFolder(path.join(dataDir, 'backup'), 'backup');
  } catch (error) {
    if (error instanceof FolderInUse) throw new BackupFailed('in-progress', { cause: error });
    throw error;
  }
}

/** A directory where the last backup was, and in which there is none any more, is the place of a disk that is not mounted. */
async function requireDirectory({ directory, isAsked }: BackupOptions, { lastGood }: BackupStatus): Promise<void> {
  if (isAsked) await mkdir(directory, { mode: 0o700 }).catch(ignoreExisting);
  await access(directory);
  const isEmpty = (await backupNames(directory)).length === 0;
  if (isEmpty && lastGood !== null && !isAsked) throw new BackupFailed('not-mounted');
}

function ignoreExisting(error: unknown): void {
  if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error; // fs throws these
}

async function makeWhole(options: BackupOptions, clock: () => Date): Promise<MadeBackup> {
  const { directory, keep, signal } = options;
  const at = clock();
  const [earlier] = await backupNames(directory, at.getTime());
  const folder = await makeBackupFolder(directory, at);
  try {
    const manifest = await fill(folder.draft, options, earlier, clock);
    signal.throwIfAborted();
    const finished = await folder.finish();
    const bytes = manifest.files.reduce((sum, file) => sum + file.bytes, 0);
    const deleted = await deleteOldest(directory, { keep, made: folder.name, at });
    return { path: finished, manifest, bytes, deleted };
  } catch (error) {
    await folder.discard();
    throw error;
  }
}

async function fill(
  draft: string,
  options: BackupOptions,
  earlier: string | undefined,
  clock: () => Date,
): Promise<BackupManifest> {
  const { dataDir, directory, mediaDir, passphrase, isMediaIncluded: isIncluded, signal } = options;
  const databases = await storeDatabases(options, draft);
  signal.throwIfAborted();
  const settings = await storeSettings(dataDir, passphrase, draft);
  const earlierPath = earlier === undefined ? undefined : path.join(directory, earlier);
  const media = await storeMedia({ mediaDir, isIncluded, earlier: earlierPath, signal }, draft);
  const names = [...databaseFiles(databases), ...settings, MEDIA_LIST_NAME];
  const manifest: BackupManifest = {
    product: 'linkcast',
    format: BACKUP_FORMAT,
    madeAt: clock().toISOString(),
    version: options.version,
    databases,
    files: await digestAll(draft, names, signal),
    secrets: settings.includes(SECRETS_NAME) ? 'encrypted' : 'left-out',
    media: { isIncluded, ...media },
  };
  await writeManifest(draft, manifest, backupSigner(draft, passphrase));
  return manifest;
}

function databaseFiles({ bot }: BackupManifest['databases']): string[] {
  return [backupDatabases['yt-app'], ...(bot ? [backupDatabases.bot] : [])];
}

async function digestAll(
  draft: string,
  names: readonly string[],
  signal: AbortSignal,
): Promise<BackupManifest['files']> {
  const files: BackupManifest['files'] = [];
  for (const name of names) files.push({ name, ...(await digestFile(path.join(draft, name), signal)) });
  return files;
}
