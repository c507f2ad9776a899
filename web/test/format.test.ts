import { ApiUnavailable, Problem } from '@linkcast/contracts';
import { texts } from '@linkcast/texts';
import { describe, expect, test } from 'vitest';
import { formatClock, formatSpan } from '../src/format/duration.ts';
import { failureSentence } from '../src/format/failure-sentence.ts';
import { percentOf, progressLine, shortProgress } from '../src/format/progress-line.ts';
import { hostOf, safeHref } from '../src/format/safe-href.ts';
import { formatBytes } from '../src/format/size.ts';
import { formatTimeAgo } from '../src/format/time-ago.ts';
import { aJob } from './support/canned.ts';

describe('durations', () => {
  test.each([
    [0, '0:00'],
    [7.9, '0:07'],
    [65, '1:05'],
    [3723, '1:02:03'],
    [-3, '0:00'],
  ])('%d seconds as a clock are %s', (seconds, clock) => expect(formatClock(seconds)).toBe(clock));

  test.each([
    [0, '1 s'],
    [58, '58 s'],
    [59.6, '1 min'],
    [118, '2 min'],
    [3599, '1 h'],
    [4800, '1 h 20 min'],
  ])('%d seconds as a span are %s', (seconds, span) => expect(formatSpan(seconds)).toBe(span));
});

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [4_200, '4 kB'],
  [4_200_000, '4.2 MB'],
  [310_000_000, '310 MB'],
  [1_340_000_000, '1.3 GB'],
])('%d bytes are %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));

test.each([
  ['2026-11-20T12:00:00Z', 'now'],
  ['2026-11-20T12:00:20Z', 'now'],
  ['2026-11-20T11:55:00Z', '5m ago'],
  ['2026-11-19T11:00:00Z', 'yesterday'],
])('%s seen from noon is %s', (iso, words) => {
  expect(formatTimeAgo(iso, Date.parse('2026-11-20T12:00:00Z'))).toBe(words);
});

describe('progress', () => {
  const { progress } = aJob({ id: 'j' });

  test('a job at work says how far it is and how long it takes', () => {
    expect(progressLine(aJob({ id: 'j' }))).toBe('Downloading · 43 %, 2 min left · 129 MB / 300 MB · 2 MB/s');
  });

  test('an unknown size leaves out what is unknown', () => {
    const unknown = { ...progress, ratio: null, totalBytes: null, etaSeconds: null };
    expect(shortProgress(unknown)).toBe('');
    expect(progressLine(aJob({ id: 'j', progress: unknown }))).toBe('Downloading · 129 MB · 2 MB/s');
  });

  test('nearly done is not done: 99.9 % is 99 %', () => {
    expect(percentOf({ ...progress, ratio: 0.999 })).toBe(99);
    expect(percentOf({ ...progress, ratio: 1 })).toBe(100);
  });
});

describe('links from outside', () => {
  test.each(['javascript:alert(1)', 'data:text/html,x', 'vbscript:x', 'no address'])('%s becomes no link', (url) => {
    expect(safeHref(url)).toBeUndefined();
  });

  test('a web address stays a link, and shows its host', () => {
    expect(safeHref('https://www.example.com/a?b')).toBe('https://www.example.com/a?b');
    expect(hostOf('https://www.example.com/a?b')).toBe('example.com');
  });
});

test('a refusal of the server is told in its own words, a silent server in ours', () => {
  expect(failureSentence(new Problem('queue-full'))).toBe(texts.problems['queue-full'].sentence({}));
  expect(failureSentence(new ApiUnavailable('down'))).toBe(texts.site.errors.unavailable);
});
