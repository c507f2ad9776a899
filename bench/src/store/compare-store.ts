import type { Row } from '../table.ts';
import { benchTexts } from '../texts.ts';
import { BURST_JOBS } from './measure-job-burst.ts';
import type { StoreCall, StoreFigures } from './measure-store.ts';

const say = benchTexts;

/** Targets of the calls, in milliseconds. */
const CALL_TARGETS: Readonly<Record<StoreCall, number>> = {
  list: 5,
  oneLetter: 15,
  oneWord: 15,
  threeWords: 15,
  station: 5,
  claim: 5,
};
const CALLS = ['list', 'oneLetter', 'oneWord', 'threeWords', 'station', 'claim'] as const;
const TARGETS = { burstMs: 2000, burstDelayMs: 100, startMs: 3000, rebuiltPerSecond: 5000 };

/** The figures of both databases beside their targets; a target is met when both meet it. */
export function compareStore(sqlite: StoreFigures, postgres: StoreFigures): Row[] {
  const atMost = (figure: string, limit: number, valueOf: (figures: StoreFigures) => number): Row => ({
    figure,
    ours: say.milliseconds(valueOf(sqlite)),
    byHand: say.milliseconds(valueOf(postgres)),
    target: say.atMost(say.milliseconds(limit)),
    isMet: valueOf(sqlite) <= limit && valueOf(postgres) <= limit,
  });
  return [
    ...CALLS.map((call) => atMost(say.rows.storeCalls[call], CALL_TARGETS[call], ({ calls }) => calls[call])),
    atMost(say.rows.burst(BURST_JOBS), TARGETS.burstMs, ({ burstMs }) => burstMs),
    atMost(say.rows.burstDelay, TARGETS.burstDelayMs, ({ burstDelayMs }) => burstDelayMs),
    atMost(say.rows.storeStart, TARGETS.startMs, ({ startMs }) => startMs),
    {
      figure: say.rows.rebuild,
      ours: say.perSecond(sqlite.rebuiltPerSecond),
      byHand: say.perSecond(postgres.rebuiltPerSecond),
      target: say.atLeast(say.perSecond(TARGETS.rebuiltPerSecond)),
      isMet: Math.min(sqlite.rebuiltPerSecond, postgres.rebuiltPerSecond) >= TARGETS.rebuiltPerSecond,
    },
  ];
}
