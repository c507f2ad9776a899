import type { Row } from '../table.ts';
import { benchTexts } from '../texts.ts';
import { PARALLEL_REQUESTS } from './measure-health.ts';
import { BURST_JOBS } from './measure-job-burst.ts';
import { RESTART_SIZE } from './measure-restart.ts';
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
const TARGETS = {
  healthMs: 100,
  backupMs: 5000,
  backupSlowestMs: 100,
  burstMs: 2000,
  burstDelayMs: 100,
  startMs: 3000,
  restartMs: 1000,
  rebuiltPerSecond: 5000,
};

/** The time from `kill -9` to the first answer, the longest of several, in milliseconds. */
export interface RestartFigure {
  readonly restartMs: number;
}

type Figures = StoreFigures & RestartFigure;

/** The figures of both databases beside their targets; a target is met when both meet it. */
export function compareStore(sqlite: Figures, postgres: Figures): Row[] {
  const atMost = (figure: string, limit: number, valueOf: (figures: Figures) => number): Row => ({
    figure,
    ours: say.milliseconds(valueOf(sqlite)),
    byHand: say.milliseconds(valueOf(postgres)),
    target: say.atMost(say.milliseconds(limit)),
    isMet: valueOf(sqlite) <= limit && valueOf(postgres) <= limit,
  });
  return [
    ...CALLS.map((call) => atMost(say.rows.storeCalls[call], CALL_TARGETS[call], ({ calls }) => calls[call])),
    atMost(say.rows.health(PARALLEL_REQUESTS), TARGETS.healthMs, ({ healthMs }) => healthMs),
    atMost(say.rows.backup, TARGETS.backupMs, ({ backupMs }) => backupMs),
    atMost(say.rows.backupSlowest, TARGETS.backupSlowestMs, ({ backupSlowestMs }) => backupSlowestMs),
    atMost(say.rows.burst(BURST_JOBS), TARGETS.burstMs, ({ burstMs }) => burstMs),
    atMost(say.rows.burstDelay, TARGETS.burstDelayMs, ({ burstDelayMs }) => burstDelayMs),
    atMost(say.rows.storeStart, TARGETS.startMs, ({ startMs }) => startMs),
    atMost(say.rows.restart(RESTART_SIZE.items, RESTART_SIZE.jobs), TARGETS.restartMs, ({ restartMs }) => restartMs),
    {
      figure: say.rows.rebuild,
      ours: say.perSecond(sqlite.rebuiltPerSecond),
      byHand: say.perSecond(postgres.rebuiltPerSecond),
      target: say.atLeast(say.perSecond(TARGETS.rebuiltPerSecond)),
      isMet: Math.min(sqlite.rebuiltPerSecond, postgres.rebuiltPerSecond) >= TARGETS.rebuiltPerSecond,
    },
  ];
}
