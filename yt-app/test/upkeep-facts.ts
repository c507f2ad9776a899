import type { CertificateStatus, NameStatus } from '@linkcast/contracts';

export const NOW = Date.UTC(2026, 10, 21, 12);
export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/** A time so many days from now, in ISO 8601. */
export function daysFromNow(days: number): string {
  return new Date(NOW + days * DAY_MS).toISOString();
}

/** A name that leads here and answers. */
export function nameStatus(changes: Partial<NameStatus> = {}): NameStatus {
  return {
    name: 'home.test',
    provider: 'ionos',
    state: 'right',
    addresses: [{ family: 4, public: '198.18.0.7', served: ['198.18.0.7'], writtenAt: daysFromNow(-3) }],
    routerAddress: null,
    reach: { checkedAt: daysFromNow(0), http: 'answered', https: 'answered' },
    checkedAt: daysFromNow(0),
    nextCheckAt: daysFromNow(0.01),
    lastError: null,
    canAnswerChallenges: false,
    ...changes,
  };
}

/** A certificate of 90 days, 60 of which are left. */
export function certificateStatus(changes: Partial<CertificateStatus> = {}): CertificateStatus {
  return {
    name: 'home.test',
    state: 'valid',
    issuer: 'Test CA',
    serialNumber: '0A1B',
    notBefore: daysFromNow(-30),
    notAfter: daysFromNow(60),
    challenge: 'http-01',
    validatedAt: daysFromNow(-30),
    lastFault: null,
    lastError: null,
    nextAttemptAt: daysFromNow(0.5),
    ...changes,
  };
}

/** A certificate of so many days with so many left. */
export function certificateWithLeft(left: number, lifetime = 90, changes: Partial<CertificateStatus> = {}) {
  return certificateStatus({ notBefore: daysFromNow(left - lifetime), notAfter: daysFromNow(left), ...changes });
}

/** What a self-request to the name came to, by http and https alike. */
export function reach(outcome: NameStatus['reach']['https']): NameStatus['reach'] {
  return { checkedAt: daysFromNow(0), http: outcome, https: outcome };
}
