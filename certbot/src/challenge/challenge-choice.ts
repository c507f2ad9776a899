import type { Challenge } from '../program/certbot-arguments.ts';
import type { FailureCause } from '../program/certbot-log.ts';

export type ChallengeSetting = Challenge | 'auto';

export interface ChallengeFacts {
  readonly setting: ChallengeSetting;
  /** What worked last; null: nothing yet. */
  readonly remembered: Challenge | null;
  /** Can the DDNS updater set a TXT record at the provider? */
  readonly canSetRecords: boolean;
}

/** What to try first: what worked last, else HTTP-01, which needs no provider. */
export function firstChallenge({ setting, remembered, canSetRecords }: ChallengeFacts): Challenge {
  if (setting !== 'auto') return setting;
  return remembered === 'dns-01' && canSetRecords ? 'dns-01' : 'http-01';
}

/**
 * What to try when that failed; null: nothing else would help. DNS-01 needs no open port, so it follows when nobody
 * answered there; HTTP-01 follows when the record did not get through.
 */
export function otherChallenge(facts: ChallengeFacts, failed: Challenge, cause: FailureCause): Challenge | null {
  if (facts.setting !== 'auto') return null;
  if (failed === 'http-01') return cause === 'connection' && facts.canSetRecords ? 'dns-01' : null;
  return cause === 'record-not-set' || cause === 'dns' || cause === 'wrong-answer' ? 'http-01' : null;
}
