import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { createLogger } from '@linkcast/kit';
import { until } from '@linkcast/testing';
import { beforeEach, expect, test } from 'vitest';
import type { AppDatabase } from '../../src/database/app-database.ts';
import { DatabaseUnavailable } from '../../src/database/database-unavailable.ts';
import { createUnfinishedItems, type UnfinishedItems } from '../../src/work/reports/unfinished-items.ts';
import { eachDatabase } from '../fixtures/each-database.ts';
import { startJobs } from '../fixtures/job-fixture.ts';

let unfinished: UnfinishedItems;
let volume: 'present' | 'missing' | 'read-only';
/** Ids of the items with files. */
let folders: Set<string>;
let sweeps: number;
/** The item whose files cannot be discarded. */
let broken: string | undefined;
let isDatabaseAway: boolean;
beforeEach(() => {
  volume = 'present';
  isDatabaseAway = false;
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
    database: { afterTransaction: (run: () => void) => run() } as never, // the only call
    store: { leased: () => (isDatabaseAway ? Promise.reject(new Error('no connection')) : Promise.resolve([])) },
    backOff: { firstMs: 10, mostMs: 20 },
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

test('jobs that end while the database is away: have no files soon after it is back, without another event', async () => {
  isDatabaseAway = true;
  unfinished.discard({ mediaId: 'a' });
  await until(() => sweeps > 1);
  expect([...folders]).toEqual(['a', 'b', 'c']);
  isDatabaseAway = false;
  await until(() => folders.size === 2);
  const after = sweeps;
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(sweeps).toBeLessThanOrEqual(after + 1); // nothing is left to try
});

/** A database whose connection is lost once, directly after a commit: nobody knows that it was made. */
function losingConnection(database: AppDatabase): { database: AppDatabase; loseNext: () => boolean } {
  let isLost = false;
  let depth = 0;
  const transaction = async <Result>(run: () => Promise<Result>): Promise<Result> => {
    depth += 1;
    const result = await database.transaction(run).finally(() => (depth -= 1));
    if (!isLost || depth > 0) return result;
    isLost = false;
    throw new DatabaseUnavailable('the connection is lost');
  };
  const afterCommit = (run: () => void): void => {
    if (!isLost) database.afterCommit(run);
  };
  return { database: { ...database, transaction, afterCommit }, loseNext: () => (isLost = true) };
}

eachDatabase((openDatabase) => {
  test.each([
    ['fails', 'failed', { type: 'failed', problem: { code: 'source-not-found' } }],
    ['is interrupted', 'queued', { type: 'stopped' }],
  ] as const)(
    'a job that %s, and whose end is committed without an answer: leaves no files',
    async (_, state, report) => {
      const { database, loseNext } = losingConnection(await openDatabase());
      const rig = await startJobs(database);
      const { id } = await rig.jobs.submit(
        { url: 'https://media.example/a', type: 'video' },
        { caller: 'service:bot' },
      );
      const work = await rig.claim();
      await rig.resolve(work);
      const directory = path.join(rig.mediaDir, work.mediaId);
      await mkdir(directory);
      loseNext();
      await expect(rig.report(work, report)).rejects.toThrow('the connection is lost');
      await until(() => !existsSync(directory));
      expect((await rig.jobs.get(id))?.state).toBe(state);
      await rig.stop();
    },
  );
});
