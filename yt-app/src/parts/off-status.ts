import type { CertificateStatus, NameStatus } from '@linkcast/contracts';

/** The name's status where no DDNS updater runs, because there is no DOMAIN_NAME. */
export const NAME_OFF: NameStatus = {
  name: null,
  provider: null,
  state: 'off',
  addresses: [],
  routerAddress: null,
  reach: { checkedAt: null, http: 'unknown', https: 'unknown' },
  checkedAt: null,
  nextCheckAt: null,
  lastError: null,
  canAnswerChallenges: false,
};

/** The certificate's status where no certbot runs, because there is no DOMAIN_NAME. */
export const CERTIFICATE_OFF: CertificateStatus = {
  name: null,
  state: 'off',
  issuer: null,
  serialNumber: null,
  notBefore: null,
  notAfter: null,
  challenge: null,
  validatedAt: null,
  lastFault: null,
  lastError: null,
  nextAttemptAt: null,
};
