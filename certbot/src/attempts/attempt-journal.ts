import { texts } from '@linkcast/texts';
import type { Logger } from '@linkcast/kit';
import { isDue } from '../certificate/lifetime.ts';
import type { Lineage } from '../certificate/lineage.ts';
import type { Challenge } from '../program/certbot-arguments.ts';
import { toValidationFault, type Failure, type FailureCause } from '../program/certbot-log.ts';
import { retryDelay, type AttemptLimits } from './attempt-limits.ts';
import type { Attempts, AttemptStore } from './attempt-store.ts';

export interface AttemptJournalOptions {
  readonly lineage: Lineage;
  readonly record: AttemptStore;
  readonly limits: AttemptLimits;
  readonly now: () => Date;
  /** Between 0 and 1. */
  readonly random: () => number;
  readonly logger: Logger;
}

/** Writes down what becomes of each run of certbot. What the disk does not take is known until the next start. */
export interface AttemptJournal {
  /** A run is about to start; it is noted before, so that a restart loop counts too. False: the disk does not take it. */
  started(challenge: Challenge): Promise<boolean>;
  stopped(): Promise<void>;
  /** @param isNew there is another certificate than before. */
  finished(challenge: Challenge, isNew: boolean): Promise<void>;
  /** @returns when to try again (milliseconds since 1970). */
  failed(failure: Failure): Promise<number>;
  /** Counts a run that a predecessor did not live to finish. */
  settleInterrupted(): Promise<void>;
}

export function createAttemptJournal({
  lineage,
  record,
  limits,
  now,
  random,
  logger,
}: AttemptJournalOptions): AttemptJournal {
  const time = (): number => now().getTime();

  const note = async (part: Partial<Attempts>): Promise<boolean> => {
    try {
      await record.change(part);
      return true;
    } catch (error) {
      logger.error({ err: error }, 'attempts not recorded');
      return false;
    }
  };
  const describe = (cause: FailureCause): Pick<Attempts, 'lastFault' | 'lastError'> => ({
    lastFault: toValidationFault(cause),
    lastError: { at: now().toISOString(), sentence: texts.certificate.failures[cause] },
  });
  /** From version 4 certbot asks the server whether it is time: a server that is away meanwhile does no harm. */
  const isNeeded = async (): Promise<boolean> => {
    const pair = await lineage.read();
    return pair === null || isDue(pair, now());
  };

  return {
    started: (challenge) => note({ runningSince: time(), challenge }),
    stopped: async () => {
      await note({ runningSince: null, failedAt: [...record.current.failedAt, time()] });
    },
    finished: async (challenge, isNew) => {
      await note({ runningSince: null, failuresInRow: 0, notBefore: null, lastFault: null, lastError: null });
      if (!isNew) return;
      const issuedAt = [...record.current.issuedAt, time()];
      await note({ workingChallenge: challenge, validatedAt: now().toISOString(), issuedAt });
      logger.info({ challenge }, 'certificate obtained');
    },
    failed: async (failure) => {
      const { failuresInRow, failedAt } = record.current;
      const retryAt = time() + retryDelay(failuresInRow + 1, failure, limits, random());
      const isMissed = !isServerTrouble(failure.cause) || (await isNeeded());
      await note({
        runningSince: null,
        failuresInRow: failuresInRow + 1,
        failedAt: [...failedAt, time()],
        notBefore: failure.cause === 'rate-limited' ? retryAt : null,
        ...(isMissed ? describe(failure.cause) : {}),
      });
      logger.warn({ cause: failure.cause, challenge: record.current.challenge }, 'no certificate obtained');
      return retryAt;
    },
    settleInterrupted: async () => {
      const { runningSince, failedAt, failuresInRow } = record.current;
      if (runningSince === null) return;
      await note({ runningSince: null, failedAt: [...failedAt, runningSince], failuresInRow: failuresInRow + 1 });
      logger.warn('an attempt was interrupted');
    },
  };
}

function isServerTrouble(cause: FailureCause): boolean {
  return cause === 'server-away' || cause === 'server-fault' || cause === 'nonces-rejected';
}
