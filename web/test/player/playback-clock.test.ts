import { expect, test } from 'vitest';
import { isAtEdge } from '../../src/player/playback-clock.ts';

test('playback two seconds before the end of the arrived part: is at the edge; 30 seconds before: is not', () => {
  expect(isAtEdge({ current: 58, watchable: 60 })).toBe(true);
  expect(isAtEdge({ current: 30, watchable: 60 })).toBe(false);
});
