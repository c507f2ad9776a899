import { describe, expect, test } from 'vitest';
import { isWatchedAfter, resumeSecondsOf } from '../../src/library/position.ts';

const film = { durationSeconds: 6000, state: 'ready' } as const;

describe('isWatchedAfter', () => {
  test.each([
    ['a film before 95 %', { ...film, seconds: 5699 }, false],
    ['a film at 95 %', { ...film, seconds: 5700 }, true],
    ['a film behind its end', { ...film, seconds: 6100 }, true],
    ['a song 30 s before its end', { ...film, durationSeconds: 200, seconds: 170 }, false],
    ['a song less than 30 s before its end', { ...film, durationSeconds: 200, seconds: 170.1 }, true],
    ['a clip of 20 s at its beginning', { ...film, durationSeconds: 20, seconds: 0 }, false],
    ['a clip of 20 s at 95 %', { ...film, durationSeconds: 20, seconds: 19 }, true],
    ['an item of unknown duration', { ...film, durationSeconds: null, seconds: 9000 }, false],
    ['an arriving film at 99 %', { ...film, state: 'playable', seconds: 5950 } as const, false],
  ])('%s: is %o', (_, position, expected) => {
    expect(isWatchedAfter(position, false)).toBe(expected);
  });

  test('a watched item that is opened again: stays watched for its first 10 s, and is not watched after them', () => {
    expect(isWatchedAfter({ ...film, seconds: 9.9 }, true)).toBe(true);
    expect(isWatchedAfter({ ...film, seconds: 10 }, true)).toBe(false);
  });
});

test('resumeSecondsOf: is the position, and 0 for a watched item, the first 10 s and none', () => {
  expect(resumeSecondsOf({ seconds: 300, isWatched: false })).toBe(300);
  expect(resumeSecondsOf({ seconds: 300, isWatched: true })).toBe(0);
  expect(resumeSecondsOf({ seconds: 9.9, isWatched: false })).toBe(0);
  expect(resumeSecondsOf(null)).toBe(0);
});
