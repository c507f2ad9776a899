import { expect, test } from 'vitest';
import { formatTimeAgo } from '../../src/format/time-ago.ts';

test.each([
  ['2026-11-20T12:00:00Z', 'now'],
  ['2026-11-20T12:00:20Z', 'now'],
  ['2026-11-20T11:55:00Z', '5 min ago'],
  ['2026-11-19T11:00:00Z', 'yesterday'],
])('%s, read at noon on 20 November, becomes %s', (iso, text) => {
  expect(formatTimeAgo(iso, Date.parse('2026-11-20T12:00:00Z'))).toBe(text);
});
