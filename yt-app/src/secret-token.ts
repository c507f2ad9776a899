import { randomBytes } from 'node:crypto';

/** Random bytes in base64url: 32 for a session, 16 for a share. */
export function createSecretToken(bytes: number): string {
  return randomBytes(bytes).toString('base64url');
}
