import type { ValidationFault } from '@linkcast/contracts';

/** The cause of a run of certbot that failed, in more detail than other parts need. */
export type FailureCause =
  | 'connection'
  | 'wrong-answer'
  | 'dns'
  | 'rate-limited'
  | 'caa'
  | 'refused-name'
  | 'unknown-account'
  | 'nonces-rejected'
  | 'server-fault'
  | 'server-away'
  | 'record-not-set'
  | 'disk-full'
  | 'not-writable'
  | 'interrupted'
  | 'program-missing'
  | 'other';

export interface Failure {
  readonly cause: FailureCause;
  /** Seconds that the ACME server demands before the next attempt; null: it demands none. */
  readonly retryAfterSeconds: number | null;
}

/** The cause as the other parts get it. */
export function toValidationFault(cause: FailureCause): ValidationFault {
  if (cause === 'caa' || cause === 'record-not-set') return 'dns';
  return cause === 'connection' || cause === 'wrong-answer' || cause === 'dns' || cause === 'rate-limited'
    ? cause
    : 'other';
}
