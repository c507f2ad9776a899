import { describe, expect, test } from 'vitest';
import { medians } from '../../src/medians.ts';
import { comparePipeline, type PipelineFigures } from '../../src/pipeline/compare-pipeline.ts';
import { renderTable } from '../../src/table.ts';

const good: PipelineFigures = {
  job: { playable: 1.8, readyAfterLastByte: 1, processor: 11.5, ownProcessor: 3, verification: 0.5 },
  byHand: { playable: 150, readyAfterLastByte: 2, processor: 10 },
  memory: { idle: 90e6, peak: 120e6 },
  memoryJobs: 4,
  scrubShare: 0.01,
};
const verdicts = (figures: PipelineFigures): unknown[] => comparePipeline(figures).flatMap(({ isMet }) => isMet ?? []);

describe('comparePipeline', () => {
  test('figures within every target: are all met', () => {
    expect(verdicts(good)).toEqual([true, true, true, true, true, true, true]);
  });
  test('a ratio over its target: is missed, although the seconds alone are within theirs', () => {
    expect(verdicts({ ...good, byHand: { playable: 60, readyAfterLastByte: 2, processor: 7 } })).toEqual([
      ...[true, false, true, false, true, true, true],
    ]);
  });
});

test('medians of an even number of runs: are the mean of the two in the middle, for each figure separately', () => {
  const runs = [
    { playable: 4, processor: 10 },
    { playable: 1, processor: 40 },
    { playable: 2, processor: 30 },
    { playable: 3, processor: 20 },
  ];
  expect(medians(runs)).toEqual({ playable: 2.5, processor: 25 });
});

test('the table: shows figure, comparison, ratio, target and verdict in one line', () => {
  const lines = renderTable(comparePipeline(good), ['a note']).split('\n');
  expect(lines.find((line) => line.startsWith('processor time'))).toMatch(/11\.5 s +10\.0 s +1\.15 × +≤ 1\.15 × +met$/);
  expect(lines).toContain('  a note');
});
