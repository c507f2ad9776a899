import { expect, test } from 'vitest';
import { isAtEdge } from '../../src/player/playback-clock.ts';

test('playback is at the edge only within seconds of the end of what has arrived', () => {
  expect(isAtEdge({ current: 58, watchable: 60 })).toBe(true);
  expect(isAtEdge({ current: 30, watchable: 60 })).toBe(false);
});
