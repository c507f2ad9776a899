import type { ChallengeStatus } from '@linkcast/contracts';
import type { Logger } from '@linkcast/kit';
import type { Lineage } from '../certificate/lineage.ts';
import { firstChallenge, otherChallenge, type ChallengeSetting } from '../challenge/challenge-choice.ts';
import type { DdnsClient } from '../challenge/ddns-client.ts';
import type { CertificateOrder, Challenge, RunKind } from '../program/certbot-arguments.ts';
import type { Certbot, RunResult } from '../program/certbot.ts';
import type { Failure } from '../program/failure.ts';
import { createAttemptJournal } from './attempt-journal.ts';
import { earliestRun, type AttemptLimits } from './attempt-limits.ts';
import type { AttemptStore } from './attempt-store.ts';

export interface AttemptRunnerOptions {
  readonly order: CertificateOrder;
  readonly challenge: ChallengeSetting;
  readonly certbot: Certbot;
  readonly lineage: Lineage;
  readonly store: AttemptStore;
  readonly ddns: DdnsClient;
  readonly limits: AttemptLimits;
  readonly now: () => Date;
  /** Between 0 and 1. */
  readonly random: () => number;
  readonly logger: Logger;
}

export interface AttemptRunner {
  /** Counts a run that an earlier process did not finish. */
  recordInterrupted(): Promise<void>;
  /** The earliest time of an attempt (milliseconds since 1970), by all limits. */
  earliest(): number;
  /**
   * Tries to obtain a certificate, also by a second challenge when that may help. While the DDNS updater points the name
   * here, the attempt is postponed, for ten minutes at most.
   * @returns the time of the next attempt (milliseconds since 1970); null: it succeeded, or was stopped.
   */
  attempt(renew: 'when-due' | 'now', signal: AbortSignal): Promise<number | null>;
}

/** Creates the runner: it runs certbot within the limits and records each run. */
export function createAttemptRunner(options: AttemptRunnerOptions): AttemptRunner {
  const { certbot, lineage, store } = options;
  const journal = createAttemptJournal(options);
  let postponements = 0;
  const time = (): number => options.now().getTime();
  const earliest = (): number => Math.max(earliestRun(store.current, options.limits), store.current.notBefore ?? 0);

  /** Runs certbot, and repeats it at once where that helps: all repeats count as one run. */
  const run = async (kind: RunKind, signal: AbortSignal): Promise<RunResult> => {
    let result = await certbot.run(options.order, kind, signal);
    for (let again = 0; again < MAX_REPEATS && isWorthRepeating(result); again += 1) {
      if (result.cause === 'unknown-account') await certbot.deleteAccount(options.order.directoryUrl);
      result = await certbot.run(options.order, kind, signal);
    }
    return result;
  };

  const runOnce = async (challenge: Challenge, renew: RunKind['renew'], signal: AbortSignal): Promise<RunResult> => {
    if (!(await journal.started(challenge))) return { kind: 'failed', cause: 'not-writable', retryAfterSeconds: null };
    const before = await readSerial(lineage);
    await lineage.repair();
    const result = await run({ challenge, renew }, signal);
    if (result.kind === 'stopped') await journal.stopped();
    if (result.kind === 'finished') await journal.finished(challenge, (await readSerial(lineage)) !== before);
    return result;
  };

  return {
    earliest,
    recordInterrupted: () => journal.recordInterrupted(),
    attempt: async (renew, signal) => {
      const status = options.challenge === 'dns-01' ? null : await options.ddns.readStatus();
      const facts = {
        setting: options.challenge,
        lastSuccess: store.current.workingChallenge,
        canSetRecords: status?.canAnswerChallenges ?? false,
      };
      const challenge = firstChallenge(facts);
      if (challenge === 'http-01' && isUpdating(status) && postponements < MAX_POSTPONEMENTS) {
        postponements += 1;
        return time() + Math.min(POSTPONEMENT_MS, ...options.limits.retryDelaysMs);
      }
      const result = await runOnce(challenge, renew, signal);
      if (result.kind !== 'failed') return null;
      const retryAt = await journal.failed(result);
      const other = otherChallenge(facts, challenge, result.cause);
      if (other === null || earliest() > time()) return retryAt;
      const second = await runOnce(other, renew, signal);
      return second.kind === 'failed' ? journal.failed(second) : null;
    },
  };
}

/** The first update of a name takes seconds; name servers with old answers take minutes. */
const POSTPONEMENT_MS = 10_000;
const MAX_POSTPONEMENTS = 60;

/** True while the DDNS updater is about to point the name here: a validation before that would fail. */
function isUpdating(status: ChallengeStatus | null): boolean {
  return status !== null && status.provider !== null && (status.state === 'unknown' || status.state === 'wrong');
}

const MAX_REPEATS = 5;

/** certbot accepts one rejected nonce, and a strict server rejects more; a missing account is created by the next run. */
function isWorthRepeating(result: RunResult): result is RunResult & Failure {
  return result.kind === 'failed' && (result.cause === 'nonces-rejected' || result.cause === 'unknown-account');
}

async function readSerial(lineage: Lineage): Promise<string | null> {
  return (await lineage.read())?.serialNumber ?? null;
}
