import type { CertificateStatus, Message, NameStatus, Notice, Reachability } from '@linkcast/contracts';
import { message, worded } from '@linkcast/texts';
import type { Condition } from './condition-log.ts';

/** The states of name, certificate and reachability, and their starts. */
export interface Observations {
  /** The public name; null: there are no notices. */
  readonly domain: string | null;
  readonly name: NameStatus | null;
  readonly certificate: CertificateStatus | null;
  readonly reachability: Reachability;
  /** `good`, `bad` or `silent`. */
  readonly nameCondition: Condition | undefined;
  /** `good`, `missing` or `silent`. */
  readonly certificateCondition: Condition | undefined;
  /** The states of {@link Reachability}. */
  readonly reachabilityCondition: Condition | undefined;
  readonly nowMs: number;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const WEEK_MS = 7 * DAY_MS;

/**
 * The notices for the owner. A key contains the start of the state, the certificate or the day: the same matter is
 * reported once, and reported again when it returns.
 */
export function noticesOf(observations: Observations): Notice[] {
  const { domain } = observations;
  if (domain === null) return [];
  return [
    nameNotice(domain, observations),
    missingNotice(domain, observations),
    certificateNotice(domain, observations),
    reachabilityNotice(observations),
  ].filter((notice) => notice !== undefined);
}

function nameNotice(domain: string, { name, nameCondition, nowMs }: Observations): Notice | undefined {
  if (nameCondition === undefined || lasts(nameCondition, nowMs) <= HOUR_MS) return undefined;
  const { state } = nameCondition;
  if (state === 'silent') return { key: keyOf('name-silent', nameCondition), ...worded(message('name-silent-notice')) };
  if (state !== 'bad') return undefined;
  return { key: keyOf('name', nameCondition), ...withCause(message('name-notice', { name: domain }), name?.lastError) };
}

function missingNotice(domain: string, { certificate, certificateCondition, nowMs }: Observations): Notice | undefined {
  if (certificateCondition === undefined || lasts(certificateCondition, nowMs) <= HOUR_MS) return undefined;
  const { state } = certificateCondition;
  if (state === 'silent') {
    return { key: keyOf('certificate-silent', certificateCondition), ...worded(message('certificate-silent-notice')) };
  }
  if (state !== 'missing') return undefined;
  const missing = message('certificate-missing-notice', { name: domain });
  return { key: keyOf('certificate-missing', certificateCondition), ...withCause(missing, certificate?.lastError) };
}

/** Once at a third of the lifetime, daily in the last week, daily when it is over. */
function certificateNotice(domain: string, { certificate, nowMs }: Observations): Notice | undefined {
  if (certificate?.notBefore == null || certificate.notAfter === null) return undefined;
  const { notAfter, serialNumber, lastFault } = certificate;
  const endsAt = Date.parse(notAfter);
  const lifetime = endsAt - Date.parse(certificate.notBefore);
  const left = endsAt - nowMs;
  const overdue = lifetime / 3 - left;
  const isLate = overdue >= (lastFault === null ? renewalGraceMs(lifetime) : 0);
  if (left > 0 && !isLate) return undefined;

  const day = new Date(nowMs).toISOString().slice(0, 10);
  const serial = serialNumber ?? notAfter;
  if (left <= 0) {
    const expired = message('certificate-expired-notice', { name: domain, until: notAfter });
    return { key: `certificate-expired:${serial}:${day}`, ...withCause(expired, certificate.lastError) };
  }
  if (left <= WEEK_MS) {
    const lastWeek = message('certificate-last-week-notice', { name: domain, days: Math.ceil(left / DAY_MS) });
    return { key: `certificate-last-week:${serial}:${day}`, ...withCause(lastWeek, certificate.lastError) };
  }
  const due = message('certificate-due-notice', { name: domain, until: notAfter });
  return { key: `certificate-due:${serial}`, ...withCause(due, certificate.lastError) };
}

/** Time that a renewal may be late without a notice, while no attempt has failed: attempts are twice a day, from a third of the lifetime on. */
function renewalGraceMs(lifetimeMs: number): number {
  return Math.min(DAY_MS, lifetimeMs / 30);
}

/** A wrong address is reported by the name's notice; a router that restarts is not reported. */
function reachabilityNotice({ reachability, reachabilityCondition, nowMs }: Observations): Notice | undefined {
  const { state, ...reported } = reachability;
  if (state !== 'port-closed' && state !== 'carrier-nat') return undefined;
  if (reachabilityCondition?.state !== state || lasts(reachabilityCondition, nowMs) < 10 * MINUTE_MS) return undefined;
  return { key: keyOf(`reachability-${state}`, reachabilityCondition), ...reported };
}

/** A notice with the last error behind it: as a message where both have one, else as a sentence. */
function withCause(notice: Message, error: NameStatus['lastError'] | undefined): Pick<Notice, 'sentence' | 'message'> {
  if (!error) return worded(notice);
  const { sentence } = worded(notice);
  if (error.message === undefined) return { sentence: `${sentence} ${error.sentence}` };
  return worded({ ...notice, cause: error.message });
}

function lasts({ sinceMs }: Condition, nowMs: number): number {
  return nowMs - sinceMs;
}

function keyOf(subject: string, { sinceMs }: Condition): string {
  return `${subject}:${new Date(sinceMs).toISOString()}`;
}
