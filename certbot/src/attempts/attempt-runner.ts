import type { ChallengeStatus } from '@linkcast/contracts';
import type { Logger } from '@linkcast/kit';
import type { Lineage } from '../certificate/lineage.ts';
import { firstChallenge, otherChallenge, type ChallengeSetting } from '../challenge/challenge-choice.ts';
import type { DdnsClient } from '../challenge/ddns-client.ts';
import type { CertificateOrder, Challenge, RunKind } from '../program/certbot-arguments.ts';
import type { Failure } from '../program/certbot-log.ts';
import type { Certbot, RunResult } from '../program/certbot.ts';
import { createAttemptJournal } from './attempt-journal.ts';
import { earliestRun, type AttemptLimits } from './attempt-limits.ts';
import type { AttemptStore } from './attempt-store.ts';

export interface AttemptRunnerOptions {
  readonly order: CertificateOrder;
  readonly challenge: ChallengeSetting;
  readonly certbot: Certbot;
  readonly lineage: Lineage;
  readonly record: AttemptStore;
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
  const { certbot, lineage, record } = options;
  const notes = createAttemptJournal(options);
  let postponements = 0;
  const time = (): number => options.now().getTime();
  const earliest = (): number => Math.max(earliestRun(record.current, options.limits), record.current.notBefore ?? 0);

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
    if (!(await notes.started(challenge))) return { kind: 'failed', cause: 'not-writable', retryAfterSeconds: null };
    const before = await readSerial(lineage);
    await lineage.repair();
    const result = await run({ challenge, renew }, signal);
    if (result.kind === 'stopped') await notes.stopped();
    if (result.kind === 'finished') await notes.finished(challenge, (await readSerial(lineage)) !== before);
    return result;
  };

  return {
    earliest,
    settleInterrupted: () => notes.settleInterrupted(),
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
      const retryAt = await notes.failed(result);
      const other = otherChallenge(facts, challenge, result.cause);
      if (other === null || earliest() > time()) return retryAt;
      const second = await runOnce(other, renew, signal);
      return second.kind === 'failed' ? notes.failed(second) : null;
    },
  };
}

/** A name is right within seconds at a first start, and servers that answer with what was take minutes. */
const POSTPONEMENT_MS = 10_000;
const MAX_POSTPONEMENTS = 60;

/** The DDNS updater is about to make the name lead here: to be validated before would be a failure for nothing. */
function isOnItsWay(name: ChallengeStatus | null): boolean {
  return name !== null && name.provider !== null && (name.state === 'unknown' || name.state === 'wrong');
}

const MAX_REPEATS = 5;

/** certbot forgives one rejected nonce at a time, and a strict server rejects more; a forgotten account is made anew. */
function isWorthRepeating(result: RunResult): result is RunResult & Failure {
  return result.kind === 'failed' && (result.cause === 'nonces-rejected' || result.cause === 'unknown-account');
}

async function readSerial(lineage: Lineage): Promise<string | null> {
  return (await lineage.read())?.serialNumber ?? null;
}
