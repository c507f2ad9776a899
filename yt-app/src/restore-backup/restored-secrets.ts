import { BackupRefused, MANIFEST_NAME, SECRETS_NAME, type StoredManifest } from '@linkcast/kit';
import { timingSafeEqual } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { signBackup } from '../backup/backup-signature.ts';
import { openSecrets, type SecretArchive } from '../backup/secret-archive.ts';

/** The backup has secrets, and no passphrase was given. */
export class PassphraseNeeded extends Error {
  override readonly name = 'PassphraseNeeded';
}

/**
 * A passphrase was given, and the backup was made without one, or by a version that did not sign it: anybody who can write its
 * folder may have made it.
 */
export class BackupUnauthenticated extends Error {
  override readonly name = 'BackupUnauthenticated';
}

/**
 * Files that stay as they are: the place of the database, and its password, belong to this installation. `ops/prepare.sh` makes
 * the digests of the restored keys at the next start.
 */
const NOT_RESTORED = ['database_url', 'postgres_password', 'key_digests'];

export interface SecretsOptions {
  readonly passphrase: string | undefined;
  /** Restores without the secrets that the backup has, and without proof of who made it. */
  readonly isWithoutSecrets: boolean;
}

/**
 * Opens the secrets of a backup, and verifies that who made them made all of it.
 *
 * @returns undefined when it has none, or is restored without them
 * @throws {PassphraseNeeded}
 * @throws {WrongPassphrase}
 * @throws {BackupUnauthenticated}
 * @throws {BackupRefused} `damaged`: somebody without the passphrase has changed it.
 */
export async function readSecrets(
  backup: string,
  { secrets, sha256, hmac }: StoredManifest,
  { passphrase, isWithoutSecrets }: SecretsOptions,
): Promise<SecretArchive | undefined> {
  if (isWithoutSecrets) return undefined;
  if (secrets === 'left-out') {
    if (passphrase !== undefined) throw new BackupUnauthenticated();
    return undefined;
  }
  if (passphrase === undefined) throw new PassphraseNeeded();
  const sealed = await readFile(path.join(backup, SECRETS_NAME));
  const opened = await openSecrets(sealed, passphrase);
  if (hmac === undefined) throw new BackupUnauthenticated();
  const expected = await signBackup(sha256, sealed, passphrase);
  if (!timingSafeEqual(Buffer.from(hmac), Buffer.from(expected))) throw new BackupRefused('damaged', MANIFEST_NAME);
  return opened;
}

/** The secret files that are restored, by name. */
export function restoredSecrets(secrets: SecretArchive | undefined): [name: string, content: string][] {
  return Object.entries(secrets?.files ?? {}).filter(([name]) => !NOT_RESTORED.includes(name));
}
