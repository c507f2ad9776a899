import { createHash } from 'node:crypto';
import { Problem } from '@linkcast/contracts';

/** The pin of a host key of SSH, or of a certificate in DER: its SHA-256 as OpenSSH prints it. */
export function pinOf(key: Buffer): string {
  return `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
}

/**
 * The reason for which nothing is sent to a server.
 *
 * @param pinned what a person has confirmed; null: nothing.
 */
export function pinFault(presented: string, pinned: string | null): Problem | undefined {
  if (pinned === null) return new Problem('delivery-unconfirmed');
  return presented === pinned ? undefined : new Problem('delivery-host-key');
}
