import { createHash, timingSafeEqual } from 'node:crypto';

/** SHA-256 of a secret. For random secrets only: a digest that is slow to make would protect nothing more of those. */
export function digestOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** Compares two digests in a time that does not depend on them. */
export function isSameDigest(left: Buffer, right: Buffer): boolean {
  return left.length === right.length && timingSafeEqual(left, right);
}

/** Compares two secrets of any length in a time that does not depend on their content. */
export function isSameSecret(given: string, wanted: string): boolean {
  return isSameDigest(digestOf(given), digestOf(wanted));
}
