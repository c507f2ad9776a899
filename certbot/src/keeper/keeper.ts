import type { CertificateStatus } from '@linkcast/contracts';
import { startPeriodicLoop, type Logger } from '@linkcast/kit';
import { ATTEMPT_LIMITS, type AttemptLimits } from '../attempts/attempt-limits.ts';
import { createAttemptRunner } from '../attempts/attempt-runner.ts';
import type { AttemptStore } from '../attempts/attempt-store.ts';
import type { Lineage } from '../certificate/lineage.ts';
import type { Publisher } from '../certificate/publisher.ts';
import type { ChallengeSetting } from '../challenge/challenge-choice.ts';
import type { DdnsClient } from '../challenge/ddns-client.ts';
import type { Certbot } from '../program/certbot.ts';
import { createCertificatePublication } from './certificate-publication.ts';
import { renewCertificate } from './certificate-renewal.ts';
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
  readonly store: AttemptStore;
  readonly ddns: DdnsClient;
  readonly logger: Logger;
  /** Default {@link ATTEMPT_LIMITS}. */
  readonly limits?: AttemptLimits;
  /** Default: the machine's clock. */
  readonly now?: () => Date;
  /** Gives a number between 0 and 1, for jitter. */
  readonly random?: () => number;
}

/** Keeps one certificate: obtains it, renews it, publishes it, and reports its status. */
export interface Keeper {
  status(): Promise<CertificateStatus>;
  /** Resolves when no check runs any more; a run of certbot is ended. */
  stop(): Promise<void>;
}

/** Starts the keeper: it checks the certificate at once, and then whenever a check may bring a new one. */
export async function startKeeper(options: KeeperOptions): Promise<Keeper> {
  const { domainName, lineage, publisher, store, logger } = options;
  const { now = () => new Date(), random = Math.random, limits = ATTEMPT_LIMITS } = options;
  const order = { ...options, lineage: lineage.name };
  const runner = createAttemptRunner({ ...options, order, now, random, limits });
  const publication = createCertificatePublication({ lineage, publisher, now, logger });
  const renewal = { ...options, runner, publication, checkTimes: createCheckTimes(random), limits, now };
  let nextAttemptAt: number | null = null;

  await runner.recordInterrupted();
  if (await publisher.deleteForeign()) logger.warn('certificate of another name deleted');
  const loop = startPeriodicLoop({
    name: 'certificate check',
    logger,
    run: async (signal) => {
      nextAttemptAt = await renewCertificate(renewal, signal);
      return nextAttemptAt - now().getTime();
    },
  });

  return {
    status: async () =>
      certificateStatus({
        domainName,
        pair: await publisher.read(),
        attempts: store.current,
        publishError: publication.error,
        nextAttemptAt,
        now: now(),
      }),
    stop: () => loop.stop(),
  };
}
