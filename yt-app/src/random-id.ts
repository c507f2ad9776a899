import { randomBytes } from 'node:crypto';

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';

/** 100 random bits as 20 characters of base32 (a-z, 2-7): for jobs and media items. Cannot be guessed. */
export function randomId(): string {
  return [...randomBytes(20)].map((byte) => ALPHABET[byte & 31]).join('');
}
