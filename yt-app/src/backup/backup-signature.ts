import { SECRETS_NAME } from '@linkcast/kit';
import { createHmac, hkdfSync } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { deriveKey, saltOf } from './secret-archive.ts';

const PURPOSE = 'linkcast manifest 1';
const KEY_BYTES = 32;

/**
 * Makes the HMAC-SHA256 of a manifest, which lists the digests of all files: somebody who knows the passphrase made the backup.
 *
 * @param sha256 the digest of the manifest
 * @param secrets the sealed secrets of that backup, whose salt the key has too
 * @returns 64 hexadecimal digits
 */
export async function signBackup(sha256: string, secrets: Buffer, passphrase: string): Promise<string> {
  const key = hkdfSync('sha256', await deriveKey(passphrase, saltOf(secrets)), '', PURPOSE, KEY_BYTES);
  return createHmac('sha256', Buffer.from(key)).update(sha256).digest('hex');
}

/** Makes the HMAC for a backup in whose folder the sealed secrets are. @returns undefined without a passphrase */
export function backupSigner(
  folder: string,
  passphrase: string | undefined,
): ((sha256: string) => Promise<string>) | undefined {
  if (passphrase === undefined) return undefined;
  return async (sha256) => signBackup(sha256, await readFile(path.join(folder, SECRETS_NAME)), passphrase);
}
