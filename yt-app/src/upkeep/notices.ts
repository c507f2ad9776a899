import type { CertificateStatus, NameStatus, Notice, Reachability } from '@linkcast/contracts';
import { texts } from '@linkcast/texts';
import type { Condition } from './condition-log.ts';
import { readableDate } from './readable-date.ts';

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

const say = texts.upkeep.notices;
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
  if (state === 'silent') return { key: keyOf('name-silent', nameCondition), sentence: say.nameSilent };
  if (state !== 'bad') return undefined;
  return { key: keyOf('name', nameCondition), sentence: say.name(domain, name?.lastError?.sentence) };
}

function missingNotice(domain: string, { certificate, certificateCondition, nowMs }: Observations): Notice | undefined {
  if (certificateCondition === undefined || lasts(certificateCondition, nowMs) <= HOUR_MS) return undefined;
  const { state } = certificateCondition;
  if (state === 'silent') {
    return { key: keyOf('certificate-silent', certificateCondition), sentence: say.certificateSilent };
  }
  if (state !== 'missing') return undefined;
  const sentence = say.certificateMissing(domain, certificate?.lastError?.sentence);
  return { key: keyOf('certificate-missing', certificateCondition), sentence };
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

  const error = certificate.lastError?.sentence;
  const day = new Date(nowMs).toISOString().slice(0, 10);
  const serial = serialNumber ?? notAfter;
  if (left <= 0) {
    const sentence = say.certificateExpired(domain, readableDate(notAfter), error);
    return { key: `certificate-expired:${serial}:${day}`, sentence };
  }
  if (left <= WEEK_MS) {
    const sentence = say.certificateLastWeek(domain, Math.ceil(left / DAY_MS), error);
    return { key: `certificate-last-week:${serial}:${day}`, sentence };
  }
  return { key: `certificate-due:${serial}`, sentence: say.certificateDue(domain, readableDate(notAfter), error) };
}

/** Time that a renewal may be late without a notice, while no attempt has failed: attempts are twice a day, from a third of the lifetime on. */
function renewalGraceMs(lifetimeMs: number): number {
  return Math.min(DAY_MS, lifetimeMs / 30);
}

/** A wrong address is reported by the name's notice; a router that restarts is not reported. */
function reachabilityNotice({ reachability, reachabilityCondition, nowMs }: Observations): Notice | undefined {
  const { state, sentence } = reachability;
  if (state !== 'port-closed' && state !== 'carrier-nat') return undefined;
  if (reachabilityCondition?.state !== state || lasts(reachabilityCondition, nowMs) < 10 * MINUTE_MS) return undefined;
  return { key: keyOf(`reachability-${state}`, reachabilityCondition), sentence };
}

function lasts({ sinceMs }: Condition, nowMs: number): number {
  return nowMs - sinceMs;
}

function keyOf(subject: string, { sinceMs }: Condition): string {
  return `${subject}:${new Date(sinceMs).toISOString()}`;
}
