import type { Challenge } from '../program/certbot-arguments.ts';
import type { FailureCause } from '../program/failure.ts';

export type ChallengeSetting = Challenge | 'auto';

export interface ChallengeFacts {
  readonly setting: ChallengeSetting;
  /** The challenge that succeeded last; null: none yet. */
  readonly lastSuccess: Challenge | null;
  /** The DDNS updater can set a TXT record at the provider. */
  readonly canSetRecords: boolean;
}

/** The challenge of the first attempt: the one that succeeded last, else HTTP-01, which needs no provider. */
export function firstChallenge({ setting, lastSuccess, canSetRecords }: ChallengeFacts): Challenge {
  if (setting !== 'auto') return setting;
  return lastSuccess === 'dns-01' && canSetRecords ? 'dns-01' : 'http-01';
}

/**
 * The challenge after a failed one; null: another one would not help. DNS-01 needs no open port, so it follows when no
 * server answered there; HTTP-01 follows when the record was not served.
 */
export function otherChallenge(facts: ChallengeFacts, failed: Challenge, cause: FailureCause): Challenge | null {
  if (facts.setting !== 'auto') return null;
  if (failed === 'http-01') return cause === 'connection' && facts.canSetRecords ? 'dns-01' : null;
  return cause === 'record-not-set' || cause === 'dns' || cause === 'wrong-answer' ? 'http-01' : null;
}
