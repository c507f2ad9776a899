import { expect, test } from 'vitest';
import { compareEdge, type EdgeFigures } from '../../src/edge/compare-edge.ts';

const good: EdgeFigures = {
  rate: { closed: 900, open: 1000 },
  slowClients: { slowest: 0.2 },
  slowClientCount: 500,
  reload: { requests: 4000, failed: 0 },
};
const verdicts = (figures: EdgeFigures): unknown[] => compareEdge(figures).map(({ isMet }) => isMet);

test('figures of nginx within every target: are all met', () => {
  expect(verdicts(good)).toEqual([true, true, true]);
});

test('a slow private site, a slow answer, and one failed request: are missed', () => {
  const bad = {
    ...good,
    rate: { closed: 790, open: 1000 },
    slowClients: { slowest: 1.1 },
    reload: { requests: 4000, failed: 1 },
  };
  expect(verdicts(bad)).toEqual([false, false, false]);
});
