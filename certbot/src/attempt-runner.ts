import { texts, type NameStatus } from '@linkcast/contracts';
import type { Logger } from '@linkcast/kit';
import { toValidationFault, type Failure, type FailureCause } from './acme-log.ts';
import { earliestRun, retryDelay, type AttemptLimits } from './attempt-limits.ts';
import type { AttemptRecord, Attempts } from './attempt-record.ts';
import type { CertificateOrder, RunKind } from './certbot-arguments.ts';
import type { Certbot, RunResult } from './certbot-program.ts';
import { firstChallenge, otherChallenge, type Challenge, type ChallengeSetting } from './challenge-order.ts';
import type { DdnsClient } from './ddns-client.ts';
import type { Lineage } from './lineage.ts';
import { isDue } from './renewal-time.ts';

export interface AttemptRunnerOptions {
  readonly order: CertificateOrder;
  readonly challenge: ChallengeSetting;
  readonly certbot: Certbot;
  readonly lineage: Lineage;
  readonly record: AttemptRecord;
  readonly ddns: DdnsClient;
  readonly limits: AttemptLimits;
  readonly now: () => Date;
  /** Between 0 and 1. */
  readonly random: () => number;
  readonly logger: Logger;
}

export interface AttemptRunner {
  /** Counts a run that a predecessor did not live to finish. */
  settleInterrupted(): Promise<void>;
  /** The earliest time for an attempt (milliseconds since 1970), by all limits. */
  earliest(): number;
  /**
   * Tries to get a certificate, by a second kind of challenge too when that may help. While the DDNS updater makes the
   * name lead here, it is put off, for some minutes at most.
   * @returns when to try again (milliseconds since 1970); null: it went well, or was stopped.
   */
  attempt(renew: 'when-due' | 'now', signal: AbortSignal): Promise<number | null>;
}

/** Runs certbot and keeps the record: each run is written down before it starts, so that a restart loop counts too. */
export function createAttemptRunner(options: AttemptRunnerOptions): AttemptRunner {
  const { certbot, lineage, record, logger } = options;
  let postponements = 0;
  const time = (): number => options.now().getTime();
  const earliest = (): number => Math.max(earliestRun(record.current, options.limits), record.current.notBefore ?? 0);

  const note = async (part: Partial<Attempts>): Promise<boolean> => {
    try {
      await record.change(part);
      return true;
    } catch (error) {
      logger.error({ err: error }, 'attempts not recorded');
      return false; // it is known until the next start
    }
  };

  const describe = (cause: FailureCause): Pick<Attempts, 'lastFault' | 'lastError'> => ({
    lastFault: toValidationFault(cause),
    lastError: { at: options.now().toISOString(), sentence: texts.certificate.failures[cause] },
  });

  /** From version 4 certbot asks the server whether it is time: a server that is away meanwhile does no harm. */
  const isNeeded = async (): Promise<boolean> => {
    const pair = await lineage.read();
    return pair === null || isDue(pair, options.now());
  };

  const noteFailure = async (failure: Failure): Promise<number> => {
    const { failuresInRow, failedAt } = record.current;
    const wait = retryDelay(failuresInRow + 1, failure, options.limits, options.random());
    const retryAt = time() + wait;
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
  };

  const noteSuccess = async (challenge: Challenge, isNew: boolean): Promise<void> => {
    await note({ runningSince: null, failuresInRow: 0, notBefore: null, lastFault: null, lastError: null });
    if (!isNew) return;
    const validatedAt = options.now().toISOString();
    await note({ workingChallenge: challenge, validatedAt, issuedAt: [...record.current.issuedAt, time()] });
    logger.info({ challenge }, 'certificate obtained');
  };

  /** Runs certbot, and again at once where that helps: all of it counts as one run. */
  const run = async (kind: RunKind, signal: AbortSignal): Promise<RunResult> => {
    let result = await certbot.run(options.order, kind, signal);
    for (let again = 0; again < MAX_REPEATS && isWorthRepeating(result); again += 1) {
      if (result.cause === 'unknown-account') await certbot.forgetAccount(options.order.directoryUrl);
      result = await certbot.run(options.order, kind, signal);
    }
    return result;
  };

  const runOnce = async (challenge: Challenge, renew: RunKind['renew'], signal: AbortSignal): Promise<RunResult> => {
    const isNoted = await note({ runningSince: time(), challenge });
    if (!isNoted) return { kind: 'failed', cause: 'not-writable', retryAfterSeconds: null };
    const before = await readSerial(lineage);
    await lineage.repair();
    const result = await run({ challenge, renew }, signal);
    if (result.kind === 'stopped') await note({ runningSince: null, failedAt: [...record.current.failedAt, time()] });
    if (result.kind === 'finished') await noteSuccess(challenge, (await readSerial(lineage)) !== before);
    return result;
  };

  return {
    earliest,
    settleInterrupted: async () => {
      const { runningSince, failedAt, failuresInRow } = record.current;
      if (runningSince === null) return;
      await note({ runningSince: null, failedAt: [...failedAt, runningSince], failuresInRow: failuresInRow + 1 });
      logger.warn('an attempt was interrupted');
    },
    attempt: async (renew, signal) => {
      const name = options.challenge === 'dns-01' ? null : await options.ddns.readStatus();
      const facts = {
        setting: options.challenge,
        remembered: record.current.workingChallenge,
        canSetRecords: name?.canAnswerChallenges ?? false,
      };
      const challenge = firstChallenge(facts);
      if (challenge === 'http-01' && isOnItsWay(name) && postponements < MAX_POSTPONEMENTS) {
        postponements += 1;
        return time() + Math.min(POSTPONEMENT_MS, ...options.limits.retryDelaysMs);
      }
      const result = await runOnce(challenge, renew, signal);
      if (result.kind !== 'failed') return null;
      const retryAt = await noteFailure(result);
      const other = otherChallenge(facts, challenge, result.cause);
      if (other === null || earliest() > time()) return retryAt;
      const second = await runOnce(other, renew, signal);
      return second.kind === 'failed' ? noteFailure(second) : null;
    },
  };
}

/** A name is right within seconds at a first start, and servers that answer with what was take minutes. */
const POSTPONEMENT_MS = 10_000;
const MAX_POSTPONEMENTS = 60;

/** The DDNS updater is about to make the name lead here: to be validated before would be a failure for nothing. */
function isOnItsWay(name: NameStatus | null): boolean {
  return name !== null && name.provider !== null && (name.state === 'unknown' || name.state === 'wrong');
}

function isServerTrouble(cause: FailureCause): boolean {
  return cause === 'server-away' || cause === 'server-fault' || cause === 'nonces-rejected';
}

const MAX_REPEATS = 5;

/** certbot forgives one rejected nonce at a time, and a strict server rejects more; a forgotten account is made anew. */
function isWorthRepeating(result: RunResult): result is RunResult & Failure {
  return result.kind === 'failed' && (result.cause === 'nonces-rejected' || result.cause === 'unknown-account');
}

async function readSerial(lineage: Lineage): Promise<string | null> {
  return (await lineage.read())?.serialNumber ?? null;
}
