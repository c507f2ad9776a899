import { z } from 'zod';
import type { Ledger } from '../ledger.ts';
import type { TortureOptions } from '../options.ts';

const Count = z.number().int().nonnegative();

/** The result of a run, as it is kept for the page. */
export const TortureRecord = z.strictObject({
  seed: Count,
  minutes: z.number().positive(),
  database: z.enum(['sqlite', 'postgres']),
  /** Records of before there were others have none. */
  scene: z.enum(['faults', 'full-disk']).default('faults'),
  /** Seconds in which most downloads had no room. */
  fullSeconds: Count.default(0),
  /** Faults by their name. */
  faults: z.record(z.string(), Count),
  /** Processes that were killed. */
  kills: Count,
  /** Requests that were accepted: jobs over the API, and messages in Telegram. */
  accepted: Count,
  /** Jobs of those that have no end. */
  lost: Count,
  /** Jobs that were lost with a damaged database, with a notice. */
  lostWithDatabase: Count,
  /** Listed files that were decoded from their first to their last frame. */
  decoded: Count,
  /** Of those, the ones that are not whole. */
  partial: Count,
  /** Segments that viewers requested. */
  segments: Count,
  /** All broken promises, whatever they are. */
  brokenPromises: Count,
  /** Milliseconds from the end of a fault until the installation served again, by the name of the fault. */
  recoveries: z.record(z.string(), z.array(Count)),
});
export type TortureRecord = z.infer<typeof TortureRecord>;

const FAULT = 'fault: ';
const KILLED = 'killed: ';

export function recordOf({ seed, minutes, database, scene }: TortureOptions, ledger: Ledger): TortureRecord {
  const { counts, recoveries, violations } = ledger;
  const withPrefix = (prefix: string): [string, number][] =>
    [...counts].flatMap(([what, count]) => (what.startsWith(prefix) ? [[what.slice(prefix.length), count]] : []));
  const count = (what: string): number => counts.get(what) ?? 0;
  return {
    ...{ seed, minutes, database, scene },
    fullSeconds: count('disk: seconds at its limit'),
    faults: Object.fromEntries(withPrefix(FAULT)),
    kills: withPrefix(KILLED).reduce((sum, [, killed]) => sum + killed, 0),
    accepted: count('jobs: accepted over the API') + count('chats: requests'),
    lost: count('jobs: lost'),
    lostWithDatabase: count('jobs: lost with a damaged database'),
    decoded: count('items: decoded'),
    partial: count('items: partial'),
    segments: count('viewer: segments'),
    brokenPromises: violations.length,
    recoveries: Object.fromEntries([...recoveries].map(([fault, times]) => [fault, [...times]])),
  };
}
