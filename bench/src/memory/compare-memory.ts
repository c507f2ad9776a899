import type { Row } from '../table.ts';
import type { MemorySample } from './memory-sample.ts';
import { benchTexts } from '../texts.ts';

export interface MemoryFigures {
  /** Idle, without a public name and a bot's token. */
  readonly bare: MemorySample;
  /** Idle, with both. */
  readonly full: MemorySample;
  /** The most that our own processes took while jobs ran, in bytes; with both. */
  readonly ownPeak: number;
  readonly jobs: number;
}

const say = benchTexts;

/** Targets, in bytes. */
const TARGETS = { bare: 250e6, full: 400e6, growth: 150e6 };

/** The memory of each program, and the sums beside their targets. */
export function compareMemory({ bare, full, ownPeak, jobs }: MemoryFigures): Row[] {
  const growth = ownPeak - full.own;
  return [
    ...programRows(bare, full),
    {
      figure: say.rows.bareMemory,
      ours: say.megabytes(bare.total),
      target: say.atMost(say.megabytes(TARGETS.bare)),
      isMet: bare.total <= TARGETS.bare,
    },
    {
      figure: say.rows.fullMemory,
      ours: '',
      byHand: say.megabytes(full.total),
      target: say.atMost(say.megabytes(TARGETS.full)),
      isMet: full.total <= TARGETS.full,
    },
    {
      figure: say.rows.memoryGrowth(jobs),
      ours: '',
      byHand: say.megabytes(growth),
      target: say.atMost(say.megabytes(TARGETS.growth)),
      isMet: growth <= TARGETS.growth,
    },
  ];
}

/** One row for each program that runs in either stack, the largest first. */
function programRows(bare: MemorySample, full: MemorySample): Row[] {
  const size = (sample: MemorySample, name: string): number => sample.byProgram.get(name) ?? 0;
  const names = [...new Set([...full.byProgram.keys(), ...bare.byProgram.keys()])];
  return names
    .toSorted((a, b) => size(full, b) - size(full, a))
    .map((name) => ({ figure: name, ours: cell(bare, name), byHand: cell(full, name) }));
}

function cell({ byProgram }: MemorySample, name: string): string {
  const bytes = byProgram.get(name);
  return bytes === undefined ? '' : say.megabytes(bytes);
}
