import { createLogger } from '@linkcast/kit';
import { until } from '@linkcast/testing';
import { beforeEach, expect, test } from 'vitest';
import { createUnfinishedItems, type UnfinishedItems } from '../../src/work/unfinished-items.ts';

let unfinished: UnfinishedItems;
let volume: 'present' | 'missing' | 'read-only';
/** Ids of the items with files. */
let folders: Set<string>;
let sweeps: number;
/** The item whose files cannot be discarded. */
let broken: string | undefined;
beforeEach(() => {
  volume = 'present';
  folders = new Set(['a', 'b', 'c']);
  sweeps = 0;
  broken = undefined;
  unfinished = createUnfinishedItems({
    items: { get: () => Promise.resolve(undefined), remove: () => Promise.resolve(true) },
    library: {
      discardUnfinished(id) {
        if (volume === 'read-only' || id === broken) return Promise.reject(new Error('EROFS'));
        if (volume === 'present') folders.delete(id);
        return Promise.resolve(volume === 'present');
      },
    },
    database: { afterCommit: (run: () => void) => run() } as never, // the only call
    sweepWork: () => Promise.resolve(void (sweeps += 1)),
    logger: createLogger({ service: 'test', level: 'silent' }),
  });
});

test('the item of a job that ends: has no files afterwards', async () => {
  await unfinished.remove({ mediaId: 'a' });
  await until(() => sweeps === 1);
  expect([...folders]).toEqual(['b', 'c']);
});

test.each(['missing', 'read-only'] as const)(
  'jobs that end while the volume is %s: have no files when it can be used again',
  async (state) => {
    volume = state;
    await unfinished.remove({ mediaId: 'a' });
    unfinished.discard({ mediaId: 'b' });
    await new Promise(setImmediate);
    expect([...folders]).toEqual(['a', 'b', 'c']);

    volume = 'present';
    unfinished.discardRemaining();
    await until(() => folders.size === 1);
    expect([...folders]).toEqual(['c']);
  },
);

test('an item whose files cannot be discarded: does not keep those of others', async () => {
  broken = 'a';
  unfinished.discard({ mediaId: 'a' });
  unfinished.discard({ mediaId: 'b' });
  await until(() => !folders.has('b') && sweeps > 0);
  expect([...folders]).toEqual(['a', 'c']);
});
