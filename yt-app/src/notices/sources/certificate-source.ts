import type { CertificateStatus, Message } from '@linkcast/contracts';
import { message } from '@linkcast/texts';
import type { PartStatuses } from '../../parts/part-statuses.ts';
import type { ObservedCondition } from '../condition.ts';
import type { NoticeSource } from '../notice-source.ts';
import { withCause } from './cause.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const WEEK_MS = 7 * DAY_MS;

/** Observes a certificate that is not obtained for an hour, or not renewed in its last third. */
export function createCertificateSource(
  { readCertificate }: Pick<PartStatuses, 'readCertificate'>,
  clock: () => number = Date.now,
): NoticeSource {
  return {
    name: 'certificate',
    async observe() {
      const certificate = await readCertificate();
      if (certificate === null) return undefined;
      const { name, state } = certificate;
      if (name === null) return [];
      return state === 'missing' ? [missing(name, certificate)] : late(name, certificate, clock());
    },
  };
}

function missing(name: string, { lastError }: CertificateStatus): ObservedCondition {
  return {
    code: 'certificate-missing',
    severity: 'warning',
    message: withCause(message('certificate-missing-notice', { name }), lastError),
    action: message('do-fix-certificate'),
    opensAfterMs: HOUR_MS,
  };
}

/** One condition from the last third of the lifetime on; its severity rises in the last week. */
function late(
  name: string,
  { notBefore, notAfter, lastFault, lastError }: CertificateStatus,
  nowMs: number,
): ObservedCondition[] {
  if (notBefore === null || notAfter === null) return [];
  const endsAt = Date.parse(notAfter);
  const lifetime = endsAt - Date.parse(notBefore);
  const left = endsAt - nowMs;
  const overdue = lifetime / 3 - left;
  const isLate = overdue >= (lastFault === null ? renewalGraceMs(lifetime) : 0);
  if (left > 0 && !isLate) return [];
  return [
    {
      code: 'certificate-late',
      severity: left <= WEEK_MS ? 'critical' : 'warning',
      message: withCause(lateMessage(name, notAfter, left), lastError),
      action: message('do-fix-certificate'),
    },
  ];
}

function lateMessage(name: string, until: string, leftMs: number): Message {
  if (leftMs <= 0) return message('certificate-expired-notice', { name, until });
  if (leftMs <= WEEK_MS) return message('certificate-last-week-notice', { name, days: Math.ceil(leftMs / DAY_MS) });
  return message('certificate-due-notice', { name, until });
}

/** Time that a renewal may be late without a notice, while no attempt has failed: attempts are twice a day, from a third of the lifetime on. */
function renewalGraceMs(lifetimeMs: number): number {
  return Math.min(DAY_MS, lifetimeMs / 30);
}
