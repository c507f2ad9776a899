import type { CertificateStatus } from '@linkcast/contracts';
import type { Attempts } from '../attempts/attempt-store.ts';
import type { CertificatePair } from '../certificate/certificate-pair.ts';
import { remainingShare } from '../certificate/lifetime.ts';

export interface CertificateFacts {
  readonly domainName: string;
  /** The published pair; null: none. */
  readonly pair: CertificatePair | null;
  readonly attempts: Pick<Attempts, 'challenge' | 'validatedAt' | 'lastFault' | 'lastError'>;
  /** The failure to publish an obtained certificate; null: none. */
  readonly publishError: CertificateStatus['lastError'];
  /** Milliseconds since 1970; null: not known yet. */
  readonly nextAttemptAt: number | null;
  readonly now: Date;
}

/** A certificate with less of its lifetime left should have been renewed. */
const DUE_SHARE = 1 / 3;

/** The status of the certificate, for the other parts. */
export function certificateStatus({
  domainName,
  pair,
  attempts: { challenge, validatedAt, lastFault, lastError },
  publishError,
  nextAttemptAt,
  now,
}: CertificateFacts): CertificateStatus {
  return {
    name: domainName,
    state: stateOf(pair, now),
    issuer: pair?.issuer ?? null,
    serialNumber: pair?.serialNumber ?? null,
    notBefore: pair?.notBefore.toISOString() ?? null,
    notAfter: pair?.notAfter.toISOString() ?? null,
    challenge,
    validatedAt,
    lastFault,
    lastError: publishError ?? lastError,
    nextAttemptAt: nextAttemptAt === null ? null : new Date(nextAttemptAt).toISOString(),
  };
}

function stateOf(pair: CertificatePair | null, now: Date): CertificateStatus['state'] {
  if (pair === null) return 'missing';
  if (pair.notAfter <= now) return 'expired';
  return remainingShare(pair, now) < DUE_SHARE ? 'due' : 'valid';
}
