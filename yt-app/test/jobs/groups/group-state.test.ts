import type { ChildCounts } from '@linkcast/contracts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { groupState } from '../../../src/jobs/groups/group-state.ts';

function counts(some: Partial<Omit<ChildCounts, 'total'>>): ChildCounts {
  const all = { queued: 0, running: 0, ready: 0, failed: 0, cancelled: 0, ...some };
  return { ...all, total: Object.values(all).reduce((sum, count) => sum + count, 0) };
}

test.each([
  [{ queued: 3 }, false, 'queued'],
  [{ queued: 2, running: 1 }, false, 'downloading'],
  [{ queued: 2, ready: 1 }, false, 'downloading'],
  [{ queued: 2, failed: 1 }, true, 'downloading'],
  [{ ready: 3 }, false, 'ready'],
  [{ ready: 1, failed: 2 }, false, 'ready'],
  [{ ready: 1, cancelled: 2 }, false, 'ready'],
  [{ ready: 1, cancelled: 2 }, true, 'cancelled'],
  [{ ready: 3 }, true, 'ready'], // the cancellation came too late
  [{ failed: 2, cancelled: 1 }, false, 'failed'],
  [{ failed: 3 }, true, 'failed'],
  [{ cancelled: 3 }, false, 'cancelled'],
] as const)('children %j, cancelled as a whole: %s: are %s', (some, isCancelled, expected) => {
  expect(groupState(counts(some), isCancelled)).toBe(expected);
});

test('any children: the parent has ended when none of them is open, and not before', () => {
  const count = fc.nat({ max: 5 });
  const children = fc.record({ queued: count, running: count, ready: count, failed: count, cancelled: count });
  fc.assert(
    fc.property(children, fc.boolean(), (some, isCancelled) => {
      const all = counts(some);
      fc.pre(all.total > 0);
      const hasEnded = ['ready', 'failed', 'cancelled'].includes(groupState(all, isCancelled));
      expect(hasEnded).toBe(all.queued + all.running === 0);
    }),
  );
});
