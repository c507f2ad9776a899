import { message, worded } from '@linkcast/texts';
import type { Logger } from '@linkcast/kit';
import { isDue } from '../certificate/lifetime.ts';
import type { Lineage } from '../certificate/lineage.ts';
import type { Challenge } from '../program/certbot-arguments.ts';
import { toValidationFault, type Failure, type FailureCause } from '../program/failure.ts';
import { retryDelay, type AttemptLimits } from './attempt-limits.ts';
import type { Attempts, AttemptStore } from './attempt-store.ts';

export interface AttemptJournalOptions {
  readonly lineage: Lineage;
  readonly store: AttemptStore;
  readonly limits: AttemptLimits;
  readonly now: () => Date;
  /** Between 0 and 1. */
  readonly random: () => number;
  readonly logger: Logger;
}

/** Records the start and the result of each run of certbot. A record that cannot be written counts until the next start. */
export interface AttemptJournal {
  /** Records a run before it starts, so that a restart loop counts too. False: the record cannot be written. */
  started(challenge: Challenge): Promise<boolean>;
  stopped(): Promise<void>;
  /** @param isNew the run obtained a certificate. */
  finished(challenge: Challenge, isNew: boolean): Promise<void>;
  /** @returns the time of the next attempt (milliseconds since 1970). */
  failed(failure: Failure): Promise<number>;
  /** Counts a run that an earlier process did not finish. */
  recordInterrupted(): Promise<void>;
}

export function createAttemptJournal({
  lineage,
  store,
  limits,
  now,
  random,
  logger,
}: AttemptJournalOptions): AttemptJournal {
  const time = (): number => now().getTime();

  const save = async (part: Partial<Attempts>): Promise<boolean> => {
    try {
      await store.save(part);
      return true;
    } catch (error) {
      logger.error({ err: error }, 'attempts not recorded');
      return false;
    }
  };
  const describe = (cause: FailureCause): Pick<Attempts, 'lastFault' | 'lastError'> => ({
    lastFault: toValidationFault(cause),
    lastError: { at: now().toISOString(), ...worded(message(`certificate-${cause}`)) },
  });
  /** From version 4 certbot asks the server at each run whether it is time: without a due renewal, no answer is no error. */
  const isNeeded = async (): Promise<boolean> => {
    const pair = await lineage.read();
    return pair === null || isDue(pair, now());
  };

  return {
    started: (challenge) => save({ runningSince: time(), challenge }),
    stopped: async () => {
      await save({ runningSince: null, failedAt: [...store.current.failedAt, time()] });
    },
    finished: async (challenge, isNew) => {
      await save({ runningSince: null, failuresInRow: 0, notBefore: null, lastFault: null, lastError: null });
      if (!isNew) return;
      const issuedAt = [...store.current.issuedAt, time()];
      await save({ workingChallenge: challenge, validatedAt: now().toISOString(), issuedAt });
      logger.info({ challenge }, 'certificate obtained');
    },
    failed: async (failure) => {
      const { failuresInRow, failedAt } = store.current;
      const retryAt = time() + retryDelay(failuresInRow + 1, failure, limits, random());
      const isError = !isServerTrouble(failure.cause) || (await isNeeded());
      await save({
        runningSince: null,
        failuresInRow: failuresInRow + 1,
        failedAt: [...failedAt, time()],
        notBefore: failure.cause === 'rate-limited' ? retryAt : null,
        ...(isError ? describe(failure.cause) : {}),
      });
      logger.warn({ cause: failure.cause, challenge: store.current.challenge }, 'no certificate obtained');
      return retryAt;
    },
    recordInterrupted: async () => {
      const { runningSince, failedAt, failuresInRow } = store.current;
      if (runningSince === null) return;
      await save({ runningSince: null, failedAt: [...failedAt, runningSince], failuresInRow: failuresInRow + 1 });
      logger.warn('attempt interrupted');
    },
  };
}

function isServerTrouble(cause: FailureCause): boolean {
  return cause === 'server-away' || cause === 'server-fault' || cause === 'nonces-rejected';
}
