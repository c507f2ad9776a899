import { createCipheriv, createDecipheriv, randomBytes, scrypt, type ScryptOptions } from 'node:crypto';
import { z } from 'zod';

/** The secret part of a backup. */
const Archive = z.object({
  /** The whole `.env`; null: there was none. */
  dotEnv: z.string().nullable(),
  /** The files of `DATA_DIR/secrets`, by name. */
  files: z.record(z.string().regex(/^[a-z_]+$/), z.string()),
  /** The text of `profiles.yaml`, which may have passwords of proxies; null: there was none, or the backup is from before there were any. */
  profiles: z.string().nullable().default(null),
});
export type SecretArchive = z.infer<typeof Archive>;

/** The archive does not open: the passphrase is another one. (A changed file is found by its digest before.) */
export class WrongPassphrase extends Error {
  override readonly name = 'WrongPassphrase';
}

const MAGIC = Buffer.from('linkcast secrets 1\n');
const SALT_BYTES = 16;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;
/** 128 MB of memory and a third of a second for each guess. */
const COST: ScryptOptions = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 2 ** 20 };

/**
 * Encrypts the secrets: AES-256-GCM with a key that scrypt derives from the passphrase. The file is a line that names the
 * layout, salt, nonce, tag, and the ciphertext.
 */
export async function sealSecrets(archive: SecretArchive, passphrase: string): Promise<Buffer> {
  const salt = randomBytes(SALT_BYTES);
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', await deriveKey(passphrase, salt), nonce);
  cipher.setAAD(MAGIC);
  const sealed = Buffer.concat([cipher.update(JSON.stringify(archive), 'utf8'), cipher.final()]);
  return Buffer.concat([MAGIC, salt, nonce, cipher.getAuthTag(), sealed]);
}

/** @throws {WrongPassphrase} */
export async function openSecrets(content: Buffer, passphrase: string): Promise<SecretArchive> {
  let position = MAGIC.length;
  const next = (length: number): Buffer => content.subarray(position, (position += length));
  const [salt, nonce, tag] = [next(SALT_BYTES), next(NONCE_BYTES), next(TAG_BYTES)];
  if (!content.subarray(0, MAGIC.length).equals(MAGIC) || tag.length < TAG_BYTES) throw new WrongPassphrase();
  const decipher = createDecipheriv('aes-256-gcm', await deriveKey(passphrase, salt), nonce);
  decipher.setAAD(MAGIC);
  decipher.setAuthTag(tag);
  const opened = decipher.update(content.subarray(position));
  try {
    return Archive.parse(JSON.parse(Buffer.concat([opened, decipher.final()]).toString('utf8')));
  } catch (error) {
    throw new WrongPassphrase('the secrets do not open', { cause: error });
  }
}

/** The salt of a sealed archive. */
export function saltOf(content: Buffer): Buffer {
  return content.subarray(MAGIC.length, MAGIC.length + SALT_BYTES);
}

/** Derives 32 bytes from a passphrase. */
export function deriveKey(passphrase: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(passphrase.normalize('NFC'), salt, KEY_BYTES, COST, (error, key) => (error ? reject(error) : resolve(key)));
  });
}
