import { expect, test } from 'vitest';
import { compareSources } from '../../src/sources/compare-sources.ts';

const good = { direct: 0.8, list: 3, listEntries: 200, live: 1.5 };
const verdicts = (figures: typeof good): unknown[] => compareSources(figures).map(({ isMet }) => isMet);

test('figures within every target: are all met', () => {
  expect(verdicts(good)).toEqual([true, true, true]);
});

test('a figure over its target: is missed, and the others are not', () => {
  expect(verdicts({ ...good, list: 3.1 })).toEqual([true, false, true]);
  expect(verdicts({ ...good, direct: 0.81, live: 1.6 })).toEqual([false, true, false]);
});
