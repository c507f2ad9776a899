import { expect, test } from 'vitest';
import { createHostGaps } from '../../../src/work/waiting/host-gaps.ts';

test('a host that has started a job: is held until its gap has passed, others are not', () => {
  let now = 0;
  const gaps = createHostGaps(10_000, () => now);
  gaps.note('busy.example');
  now = 4000;
  gaps.note('idle.example');
  expect(gaps.hosts()).toEqual(['busy.example', 'idle.example']);
  now = 10_000;
  expect(gaps.hosts()).toEqual(['idle.example']);
  now = 14_000;
  expect(gaps.hosts()).toEqual([]);
});

test('without a gap: no host is held', () => {
  const gaps = createHostGaps(0);
  gaps.note('busy.example');
  expect(gaps.hosts()).toEqual([]);
});
