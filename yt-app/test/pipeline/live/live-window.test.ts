import { expect, test } from 'vitest';
import type { LivePlaylist } from '../../../src/pipeline/live/live-playlist.ts';
import { createLiveWindow, type LiveWindow } from '../../../src/pipeline/live/live-window.ts';

function playlist(from: number, to: number, prefix = 'a'): LivePlaylist {
  const segments = Array.from({ length: to - from + 1 }, (_, index) => ({
    sequence: from + index,
    url: `https://media.example/${prefix}${from + index}.ts`,
    ...{ seconds: 2, key: null, map: null },
  }));
  return { targetSeconds: 2, isEnded: false, segments };
}

/** Takes all new segments of a playlist. @returns their numbers. */
function take(window: LiveWindow, read: LivePlaylist, nowSeconds = 0): number[] {
  const segments = window.newOf(read, nowSeconds);
  for (const segment of segments) window.take(segment);
  return segments.map(({ sequence }) => sequence);
}

test('a recording begins with the last half minute', () => {
  expect(take(createLiveWindow(null), playlist(0, 99))).toEqual([
    85, 86, 87, 88, 89, 90, 91, 92, 93, 94, 95, 96, 97, 98, 99,
  ]);
});

test('a recording goes on behind the last segment, also in another run', () => {
  const window = createLiveWindow(null);
  expect(take(window, playlist(7, 9))).toEqual([7, 8, 9]);
  expect(take(window, playlist(8, 11))).toEqual([10, 11]);
  expect(take(createLiveWindow(window.last), playlist(10, 13))).toEqual([12, 13]);
});

test('segments that were missed: are left out', () => {
  const window = createLiveWindow(5);
  expect(take(window, playlist(20, 22))).toEqual([20, 21, 22]);
});

test('a server that is behind the others: gives nothing twice', () => {
  const window = createLiveWindow(null);
  take(window, playlist(0, 9));
  expect(take(window, playlist(3, 8), 1)).toEqual([]);
  expect(take(window, playlist(5, 10), 2)).toEqual([10]);
});

test('a source that starts again with lower numbers: is taken from there', () => {
  const window = createLiveWindow(null);
  take(window, playlist(100, 105));
  expect(take(window, playlist(0, 1, 'b'), 1)).toEqual([0, 1]);
  expect(take(window, playlist(0, 3, 'b'), 2)).toEqual([2, 3]);
});

test('a source that starts again with the same names: is taken after a while', () => {
  const window = createLiveWindow(null);
  take(window, playlist(0, 9));
  expect(take(window, playlist(0, 1), 10)).toEqual([]);
  expect(take(window, playlist(0, 4), 17)).toEqual([0, 1, 2, 3, 4]);
});

test('another run that finds lower numbers: takes them after a while', () => {
  const window = createLiveWindow(50);
  expect(take(window, playlist(0, 4), 100)).toEqual([]);
  expect(take(window, playlist(0, 7), 107)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
});
