import { startPeriodicLoop, type Logger, type PeriodicLoop } from '@linkcast/kit';
import { createHostGaps } from '../work/waiting/host-gaps.ts';
import type { FollowedStore } from './followed-store.ts';
import type { SourceCheck } from './source-check.ts';

export interface FollowingRoundsOptions {
  readonly store: Pick<FollowedStore, 'due'>;
  readonly check: SourceCheck;
  /** Milliseconds between two checks of one host: at least HOST_GAP. */
  readonly hostGapMs: number;
  readonly logger: Pick<Logger, 'error'>;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

const EVERY_MS = 60_000;
/** Lists that are checked in one round. The others are due in the next one. */
const MOST_PER_ROUND = 50;
/** Checks of one host are apart by at least this. */
const LEAST_GAP_MS = 10_000;

/** Checks the lists that are due, one after another. Rounds do not overlap. */
export type CheckDueLists = (signal: AbortSignal) => Promise<void>;

export function createRound({ store, check, hostGapMs, logger, clock }: FollowingRoundsOptions): CheckDueLists {
  const gaps = createHostGaps(Math.max(LEAST_GAP_MS, hostGapMs), clock);
  const run: CheckDueLists = async (signal) => {
    for (const list of await store.due(clock(), MOST_PER_ROUND)) {
      if (signal.aborted) return;
      if (gaps.hosts().includes(list.host)) continue;
      gaps.note(list.host);
      try {
        if (!(await check.run(list, signal))) return;
      } catch (error) {
        signal.throwIfAborted();
        logger.error({ err: error, followedId: list.id }, 'bug: followed list not checked'); // the others are checked all the same
      }
    }
  };
  let last: Promise<unknown> = Promise.resolve();
  return (signal) => {
    const round = last.then(() => run(signal));
    last = round.catch(() => undefined); // the caller gets the failure
    return round;
  };
}

/** Runs a round every minute. */
export function startRounds(round: CheckDueLists, logger: Pick<Logger, 'error'>): PeriodicLoop {
  return startPeriodicLoop({
    name: 'checks of followed lists',
    logger,
    everyMs: EVERY_MS,
    firstAfterMs: EVERY_MS,
    async run(signal) {
      await round(signal);
      return undefined;
    },
  });
}
