import {
  backupDatabases,
  BackupRefused,
  digestFile,
  lockFolder,
  proveBackup,
  storedDatabases,
  writeBackupStatus,
  writeFileAtomic,
  type BackupDatabase,
  type BackupManifest,
} from '@linkcast/kit';
import { copyFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { newestSchemas } from '../backup/newest-schemas.ts';
import type { SecretArchive } from '../backup/secret-archive.ts';
import { PROFILES_NAME } from '../profiles/profiles-file.ts';
import { placeFiles } from './placement.ts';
import { placeRows, requireNoServerUse } from './placed-rows.ts';
import { proveMedia, restoreMedia } from './restored-media.ts';
import { endStagedRestore, findStagedRestore, stageRestore, type StagedRestore } from './restore-plan.ts';
import { readSecrets, restoredSecrets, type SecretsOptions } from './restored-secrets.ts';

export interface RestoreOptions extends SecretsOptions {
  /** The folder of the backup. */
  readonly backup: string;
  /** The folder of all parts; nothing has to be in it. */
  readonly dataDir: string;
  readonly mediaDir: string;
  /** Of yt-app, when it uses PostgreSQL here. */
  readonly databaseUrl: string | undefined;
  readonly clock?: () => Date;
}

/** A backup that was proved. */
export interface ProvedBackup {
  readonly manifest: BackupManifest;
  /** Undefined: it has none, or is restored without them. */
  readonly secrets: SecretArchive | undefined;
}

export interface Restored extends ProvedBackup {
  /** Folder with what was there before. */
  readonly aside: string;
  /** Number of items whose media files were missing. */
  readonly mediaItems: number;
}

/**
 * Proves that a backup can be restored, and changes nothing.
 *
 * @throws {BackupRefused}
 * @throws {PassphraseNeeded}
 * @throws {WrongPassphrase}
 */
export async function proveRestorable(backup: string, options: SecretsOptions): Promise<ProvedBackup> {
  const manifest = await proveBackup(backup, newestSchemas);
  const secrets = await readSecrets(backup, manifest, options);
  if (manifest.media.isIncluded) await proveMedia(backup);
  return { manifest, secrets };
}

/**
 * Restores a backup: proves it, collects its files beside the data, and then puts them into their places. Killed before the
 * last step it has replaced nothing; media that were missing may already be back. Killed within it, {@link continueRestore}
 * completes it, and Linkcast does not start before.
 *
 * @throws {BackupRefused}
 * @throws {PassphraseNeeded}
 * @throws {WrongPassphrase}
 * @throws {FolderInUse}
 * @throws {MoveRefused} in-use.
 */
export async function restoreBackup(options: RestoreOptions): Promise<Restored> {
  const { backup, dataDir, mediaDir, databaseUrl, clock = () => new Date() } = options;
  const proved = await proveRestorable(backup, options);
  const { manifest, secrets } = proved;
  lockData(dataDir);
  await requireNoServerUse(databaseUrl);
  const mediaItems = manifest.media.isIncluded ? await restoreMedia(backup, mediaDir) : 0;
  const aside = `before-restore-${clock().toISOString().replaceAll(/[:.]/g, '-')}`;
  const staged = await stageRestore(dataDir, { madeAt: manifest.madeAt, aside }, async (folder) => {
    for (const database of storedDatabases(manifest)) await stageDatabase(backup, manifest, database, folder);
    await mkdir(path.join(folder, 'secrets'), { mode: 0o700 });
    for (const [name, content] of restoredSecrets(secrets))
      await writeFileAtomic(path.join(folder, 'secrets', name), content, { mode: 0o600 });
    await stageProfiles(secrets, folder);
  });
  await complete(options, staged);
  const bytes = manifest.files.reduce((sum, file) => sum + file.bytes, 0);
  const lastGood = { name: path.basename(backup), madeAt: manifest.madeAt, bytes };
  await writeBackupStatus(path.join(dataDir, 'yt-app'), {
    ...{ lastGood, lastRun: null },
    restoredAt: clock().toISOString(),
  });
  return { ...proved, aside: path.join(dataDir, aside), mediaItems };
}

/** Completes a restore that was killed in its last step. @returns undefined when there is none */
export async function continueRestore(
  options: Pick<RestoreOptions, 'dataDir' | 'databaseUrl'>,
): Promise<StagedRestore | undefined> {
  const staged = await findStagedRestore(options.dataDir);
  if (!staged) return undefined;
  lockData(options.dataDir);
  await complete(options, staged);
  return staged;
}

/** `profiles.yaml` may have passwords, and is in backups with a passphrase alone. */
async function stageProfiles(secrets: SecretArchive | undefined, folder: string): Promise<void> {
  if (!secrets || secrets.profiles === null) return;
  const target = path.join(folder, 'yt-app', PROFILES_NAME);
  await mkdir(path.dirname(target), { recursive: true, mode: 0o700 });
  await writeFileAtomic(target, secrets.profiles, { mode: 0o600 });
}

async function complete(
  { dataDir, databaseUrl }: Pick<RestoreOptions, 'dataDir' | 'databaseUrl'>,
  staged: StagedRestore,
): Promise<void> {
  if (databaseUrl !== undefined) await placeRows(databaseUrl, dataDir, staged);
  await placeFiles(dataDir, staged);
  await endStagedRestore(dataDir);
}

/** Until this process ends. */
function lockData(dataDir: string): void {
  lockFolder(dataDir, 'linkcast');
  for (const part of ['yt-app', 'bot']) lockFolder(path.join(dataDir, part), part);
}

/** The copy is proved again: the medium may be failing. */
async function stageDatabase(
  backup: string,
  { files }: BackupManifest,
  database: BackupDatabase,
  folder: string,
): Promise<void> {
  const name = backupDatabases[database];
  const target = path.join(folder, database, name);
  await mkdir(path.dirname(target), { recursive: true, mode: 0o700 });
  await copyFile(path.join(backup, name), target);
  const { sha256 } = await digestFile(target);
  if (sha256 !== files.find((file) => file.name === name)?.sha256) throw new BackupRefused('damaged', name);
}
