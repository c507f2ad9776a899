import type { AttemptLimits } from '../attempts/attempt-limits.ts';
import type { AttemptRunner } from '../attempts/attempt-runner.ts';
import { findPairFault } from '../certificate/certificate-pair.ts';
import { dueAt, isDue } from '../certificate/lifetime.ts';
import type { Lineage } from '../certificate/lineage.ts';
import type { PublishFault } from '../certificate/publisher.ts';
import type { Certbot } from '../program/certbot.ts';
import type { CertificatePublication } from './certificate-publication.ts';
import type { CheckTimes } from './check-times.ts';

export interface CertificateRenewalOptions {
  readonly domainName: string;
  readonly certbot: Certbot;
  readonly lineage: Lineage;
  readonly runner: AttemptRunner;
  readonly publication: CertificatePublication;
  readonly checkTimes: CheckTimes;
  readonly limits: AttemptLimits;
  readonly now: () => Date;
}

/** The first version whose own rule fits every lifetime: a third of it, or the server's advice (ARI). */
const FIRST_WITH_OWN_RULE = 4;

/**
 * Publishes what certbot has, runs it when the certificate is missing or due, and publishes again.
 *
 * @returns the time of the next check (milliseconds since 1970).
 */
export async function renewCertificate(options: CertificateRenewalOptions, signal: AbortSignal): Promise<number> {
  const { lineage, runner, publication, limits } = options;
  const now = (): number => options.now().getTime();
  const soon = (): number => now() + (limits.retryDelaysMs[0] ?? 0);

  if (isDiskFault(await publication.update())) return soon();
  const renew = await decideRun(options);
  if (renew === null) return nextCheckAt(options);
  if (runner.earliest() > now()) return runner.earliest();
  const retryAt = await runner.attempt(renew, signal);
  const fault = await publication.update();
  if (retryAt !== null) return Math.max(retryAt, runner.earliest());
  if (fault === null) return nextCheckAt(options);
  if (!isDiskFault(fault)) await lineage.remove(); // the next run obtains another one
  return soon();
}

/** Decides the run of certbot; null: none now. Versions before 4 would renew short-lived certificates at every run. */
async function decideRun(options: CertificateRenewalOptions): Promise<'when-due' | 'now' | null> {
  const version = await options.certbot.readMajorVersion();
  if (version === null || version >= FIRST_WITH_OWN_RULE) return 'when-due';
  const pair = await options.lineage.read();
  if (findPairFault(pair, options.domainName, options.now()) !== null) return 'when-due';
  return pair !== null && isDue(pair, options.now()) ? 'now' : null;
}

/** The next regular time, or the time at which the certificate becomes due, which is earlier for lifetimes of hours. */
async function nextCheckAt({ lineage, checkTimes, now }: CertificateRenewalOptions): Promise<number> {
  const pair = await lineage.read();
  const regular = checkTimes.after(now()).getTime();
  const due = pair === null ? 0 : dueAt(pair).getTime();
  return due > now().getTime() ? Math.min(due, regular) : regular;
}

function isDiskFault(fault: PublishFault | null): boolean {
  return fault === 'disk-full' || fault === 'not-writable';
}
