import { expect, test } from 'vitest';
import { percentOf, progressLine, shortProgress } from '../../src/format/progress-line.ts';
import { aJob } from '../support/canned.ts';
import { english } from '../support/english.ts';

const { progress } = aJob({ id: 'j' });

test('a downloading job: the line has state, percent, time left, bytes and speed', () => {
  expect(progressLine(aJob({ id: 'j' }), english)).toBe('Downloading · 43%, 2 min left · 129 MB / 300 MB · 2 MB/s');
});

test('an unknown size: the line omits percent, time left and total', () => {
  const unknown = { ...progress, ratio: null, totalBytes: null, etaSeconds: null };
  expect(shortProgress(unknown, english)).toBe('');
  expect(progressLine(aJob({ id: 'j', progress: unknown }), english)).toBe('Downloading · 129 MB · 2 MB/s');
});

test('a download at 99.9 %: is shown as 99 %; a finished one: as 100 %', () => {
  expect(percentOf({ ...progress, ratio: 0.999 })).toBe(99);
  expect(percentOf({ ...progress, ratio: 1 })).toBe(100);
});
