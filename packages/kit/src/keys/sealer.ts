import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/** Encrypts texts, and detects every change of them: AES-256-GCM (NIST SP 800-38D). */
export interface Sealer {
  /** @param context what the text belongs to: it can only be opened for the same. */
  seal(text: string, context: string): string;
  /** @returns undefined when the text was changed, was sealed with another key, or belongs to something else. */
  open(sealed: string, context: string): string | undefined;
}

const ALGORITHM = 'aes-256-gcm';
const KEY_BYTES = 32;
/** Of a random nonce and of the tag, as the standard has them. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * @param secret of at least 24 random characters; the key is derived from it (HKDF-SHA-256, RFC 5869).
 * @param purpose tells the keys of one secret apart.
 */
export function createSealer(secret: string, purpose: string): Sealer {
  const key = Buffer.from(hkdfSync('sha256', secret, '', purpose, KEY_BYTES));
  return {
    seal(text, context) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(ALGORITHM, key, nonce).setAAD(Buffer.from(context));
      const parts = [nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()];
      return Buffer.concat(parts).toString('base64url');
    },
    open(sealed, context) {
      const bytes = Buffer.from(sealed, 'base64url');
      if (bytes.length < NONCE_BYTES + TAG_BYTES) return undefined;
      const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
        .setAAD(Buffer.from(context))
        .setAuthTag(bytes.subarray(-TAG_BYTES));
      try {
        const text = [decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()];
        return Buffer.concat(text).toString();
      } catch {
        return undefined; // the tag does not fit: OpenSSL says no more
      }
    },
  };
}
