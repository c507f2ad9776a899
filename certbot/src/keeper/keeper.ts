import type { CertificateStatus } from '@linkcast/contracts';
import { texts } from '@linkcast/texts';
import { pauseUntil, type Logger } from '@linkcast/kit';
import { ATTEMPT_LIMITS, type AttemptLimits } from '../attempts/attempt-limits.ts';
import { createAttemptRunner } from '../attempts/attempt-runner.ts';
import type { AttemptStore } from '../attempts/attempt-store.ts';
import { findPairFault } from '../certificate/certificate-pair.ts';
import { dueAt, isDue } from '../certificate/lifetime.ts';
import type { Lineage } from '../certificate/lineage.ts';
import type { Publisher, PublishFault } from '../certificate/publisher.ts';
import type { ChallengeSetting } from '../challenge/challenge-choice.ts';
import type { DdnsClient } from '../challenge/ddns-client.ts';
import type { Certbot } from '../program/certbot.ts';
import { certificateStatus } from './certificate-status.ts';
import { createCheckTimes } from './check-times.ts';

export interface KeeperOptions {
  readonly domainName: string;
  readonly email: string | null;
  readonly directoryUrl: string;
  readonly challenge: ChallengeSetting;
  readonly certbot: Certbot;
  readonly lineage: Lineage;
  readonly publisher: Publisher;
  readonly record: AttemptStore;
  readonly ddns: DdnsClient;
  readonly logger: Logger;
  /** Default {@link ATTEMPT_LIMITS}. */
  readonly limits?: AttemptLimits;
  /** The clock. Default: the machine's. */
  readonly now?: () => Date;
  /** Between 0 and 1, for jitter. */
  readonly random?: () => number;
}

/** Keeps one certificate: obtains it, renews it, publishes it, and tells how it is. */
export interface Keeper {
  status(): Promise<CertificateStatus>;
  /** Ends a run of certbot, too. */
  stop(): Promise<void>;
}

/** The first version whose own timing fits every lifetime: a third of it, or what the server advises (ARI). */
const FIRST_WITH_TIMING = 4;

/** Starts to keep the certificate at once. */
export function createKeeper(options: KeeperOptions): Keeper {
  const { domainName, certbot, lineage, publisher, record, logger } = options;
  const { now = () => new Date(), random = Math.random, limits = ATTEMPT_LIMITS } = options;
  const order = { ...options, lineage: lineage.name };
  const runner = createAttemptRunner({ ...options, order, now, random, limits });
  const checkTimes = createCheckTimes(random);
  const stopping = new AbortController();
  let publishError: CertificateStatus['lastError'] = null;
  let nextAttemptAt: number | null = null;

  /** Puts in place what certbot has, when that is something else than what is there. */
  const publish = async (): Promise<PublishFault | null> => {
    const pair = await lineage.read();
    const isNews = pair !== null && pair.pem !== (await publisher.read())?.pem;
    const fault = isNews ? await publisher.publish(pair, now()) : null;
    publishError = fault === null ? null : { at: now().toISOString(), sentence: texts.certificate.publishing[fault] };
    if (fault !== null) logger.error({ fault }, 'certificate not published');
    else if (isNews) logger.info({ serialNumber: pair.serialNumber, notAfter: pair.notAfter }, 'certificate published');
    return fault;
  };

  /** Whether certbot is to run; before version 4 we decide, as it would renew short-lived certificates at every run. */
  const whatToRun = async (): Promise<'when-due' | 'now' | null> => {
    const version = await certbot.readMajorVersion();
    if (version === null || version >= FIRST_WITH_TIMING) return 'when-due';
    const pair = await lineage.read();
    if (findPairFault(pair, domainName, now()) !== null) return 'when-due';
    return pair !== null && isDue(pair, now()) ? 'now' : null;
  };

  /** Twice a day, and when it becomes due, which matters for lives of hours. In milliseconds since 1970. */
  const nextLook = async (): Promise<number> => {
    const pair = await lineage.read();
    const regular = checkTimes.after(now()).getTime();
    const due = pair === null ? 0 : dueAt(pair).getTime();
    return due > now().getTime() ? Math.min(due, regular) : regular;
  };

  /** @returns when to look again, in milliseconds since 1970. */
  const look = async (): Promise<number> => {
    const soon = (): number => now().getTime() + (limits.retryDelaysMs[0] ?? 0);
    const fault = await publish();
    if (fault === 'disk-full' || fault === 'not-writable') return soon();
    const renew = await whatToRun();
    if (renew === null) return nextLook();
    if (runner.earliest() > now().getTime()) return runner.earliest();
    const retryAt = await runner.attempt(renew, stopping.signal);
    const newFault = await publish();
    if (retryAt !== null) return Math.max(retryAt, runner.earliest());
    if (newFault === null) return nextLook();
    if (newFault !== 'disk-full' && newFault !== 'not-writable') await lineage.remove(); // another is fetched
    return soon();
  };

  const keep = async (): Promise<void> => {
    await runner.settleInterrupted();
    if (await publisher.withdrawForeign()) logger.warn('a certificate for another name was withdrawn');
    while (!stopping.signal.aborted) {
      nextAttemptAt = await look();
      await pauseUntil(nextAttemptAt, stopping.signal, () => now().getTime());
    }
  };
  const keeping = keep();

  return {
    status: async () =>
      certificateStatus({
        domainName,
        pair: await publisher.read(),
        attempts: record.current,
        publishError,
        nextAttemptAt,
        now: now(),
      }),
    stop: async () => {
      stopping.abort();
      await keeping;
    },
  };
}
