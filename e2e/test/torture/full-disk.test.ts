import { beforeEach, expect, test } from 'vitest';
import { makeRoom, watchSpace, type FullDiskWorld } from '../../torture/clients/full-disk.ts';
import { createLedger, type Ledger } from '../../torture/ledger.ts';
import { item, URL } from './made-up-evidence.ts';

let ledger: Ledger;
beforeEach(() => {
  ledger = createLedger();
});

async function watchFor(usedBytes: number): Promise<string[]> {
  const over = new AbortController();
  const disk = {
    bytes: 100,
    usedBytes() {
      over.abort();
      return Promise.resolve(usedBytes);
    },
  };
  await watchSpace({ disk } as unknown as FullDiskWorld, ledger, over.signal); // it calls nothing else
  return ledger.violations.map(({ promise }) => promise);
}

test('a disk at its limit: is counted', async () => {
  expect(await watchFor(89)).toEqual([]);
  expect(ledger.counts.get('disk: seconds at its limit')).toBe(1);
});

test('a disk with room: is not counted', async () => {
  expect(await watchFor(50)).toEqual([]);
  expect(ledger.counts.get('disk: seconds at its limit')).toBeUndefined();
});

test('a disk above its limit: breaks a promise', async () => {
  expect(await watchFor(96)).toEqual(['the disk stays below its limit']);
});

test('room is made: every second item is deleted, nobody wants it any more, and the trash is emptied', async () => {
  const entry = ledger.add({ url: URL, type: 'video', source: 'healthy' });
  const calls: string[] = [];
  const items = [item(), item({ sourceUrl: 'https://example.com/other' })];
  const api = {
    listMedia: () => Promise.resolve({ media: items, nextCursor: null }),
    deleteMedia: (id: string) => Promise.resolve(void calls.push(id)),
    emptyTrash: () => Promise.resolve(void calls.push('trash')),
  };
  await makeRoom({ api } as unknown as FullDiskWorld, ledger); // it calls nothing else
  expect(calls).toEqual([items[0]?.id, 'trash']);
  expect(entry.isUnwanted).toBe(true);
});
