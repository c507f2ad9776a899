import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** Random bytes in base64url: 32 for a session, 16 for a share. */
export function createSecretToken(bytes: number): string {
  return randomBytes(bytes).toString('base64url');
}

/** SHA-256. The tokens are random, so a digest that is slow to make would protect nothing more. */
export function digestOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** Compares two digests in a time that tells nothing. */
export function isSameDigest(left: Buffer, right: Buffer): boolean {
  return left.length === right.length && timingSafeEqual(left, right);
}
