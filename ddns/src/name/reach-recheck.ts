import type { Logger } from '@linkcast/kit';
import type { ServedRecords } from '../dns/served-records.ts';
import type { ReachCheck } from '../reach/reach-check.ts';
import type { Clock } from '../time/clock.ts';
import type { NameStore } from './name-store.ts';

export interface ReachRecheckOptions {
  readonly checkReach: ReachCheck;
  readonly store: NameStore;
  readonly clock: Clock;
  readonly logger: Logger;
}

const INTERVAL_MS = 86_400_000;

/** Checks whether the site is reachable by its name once a day, and when the served addresses changed; saves the result. */
export async function recheckReach(
  change: { readonly before: ServedRecords | undefined; readonly now: ServedRecords },
  { checkReach, store, clock, logger }: ReachRecheckOptions,
  signal: AbortSignal,
): Promise<void> {
  const { checkedAt } = store.state.reach;
  // a clock that was set back must not put the check off
  const isDue = checkedAt === null || Math.abs(clock.now() - checkedAt) >= INTERVAL_MS;
  const hasChanged = change.before !== undefined && !isSame(change.before, change.now);
  if (!isDue && !hasChanged) return;
  const result = await checkReach(change.now, signal);
  if (signal.aborted || result.http === 'unknown') return;
  logger.info({ ...result }, 'reach of the site checked');
  await store.save({ reach: { checkedAt: clock.now(), ...result } });
}

function isSame(a: ServedRecords, b: ServedRecords): boolean {
  return JSON.stringify(a.servers) === JSON.stringify(b.servers);
}
