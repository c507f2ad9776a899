import { expect, test } from 'vitest';
import { compareStore, type RestartFigure } from '../../src/store/compare-store.ts';
import type { StoreFigures } from '../../src/store/measure-store.ts';

const GOOD: StoreFigures & RestartFigure = {
  calls: { list: 3, oneLetter: 10, oneWord: 8, threeWords: 4, station: 2, claim: 3 },
  startMs: 900,
  restartMs: 700,
  rebuiltPerSecond: 6000,
  healthMs: 20,
  backupMs: 3000,
  backupSlowestMs: 60,
  burstMs: 700,
  burstDelayMs: 40,
};

test('figures within the targets: every row is met', () => {
  const rows = compareStore(GOOD, GOOD);
  expect(rows.map(({ isMet }) => isMet)).toEqual(rows.map(() => true));
  expect(rows[0]).toMatchObject({ ours: '3.0 ms', byHand: '3.0 ms', target: '≤ 5.0 ms' });
});

test.each([
  ['a slow claim', { calls: { ...GOOD.calls, claim: 5.1 } }, 'p95 of a claim'],
  ['a slow rebuild', { rebuiltPerSecond: 4999 }, 'rows rebuilt from folders, while the API answers'],
  ['a slow restart', { restartMs: 1001 }, 'kill -9 to the first answer, 10000 items, 1000 waiting jobs'],
  ['a slow backup', { backupMs: 5001 }, 'backup'],
  ['requests that wait for a backup', { backupSlowestMs: 101 }, '… slowest GET /api/media meanwhile'],
  ['a blocked event loop', { burstDelayMs: 101 }, '… p99 of the event-loop delay meanwhile'],
])('%s on one of the databases: its row alone is missed', (_, changes, figure) => {
  const slow = { ...GOOD, ...changes };
  for (const rows of [compareStore(GOOD, slow), compareStore(slow, GOOD)])
    expect(rows.filter(({ isMet }) => isMet === false).map((row) => row.figure)).toEqual([figure]);
});
