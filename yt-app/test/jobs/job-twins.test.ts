import { sql } from 'kysely';
import { readdir } from 'node:fs/promises';
import type { JobWork, MediaDamage } from '@linkcast/contracts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AppDatabase } from '../../src/database/app-database.ts';
import { audioItem } from '../fixtures/library-items.ts';
import { eachDatabase } from '../fixtures/each-database.ts';
import { startJobs, type JobFixture } from '../fixtures/job-fixture.ts';

eachDatabase((openDatabase) => {
  const LINK = { url: 'https://example.com/1', type: 'video' } as const;
  const OTHER_LINK = { url: 'https://example.org/same', type: 'video' } as const;
  const CALLER = { caller: 'person:1' };
  const SOURCE = { extractor: 'Site', sourceId: '1' };

  let database: AppDatabase;
  let fixture: JobFixture;
  beforeEach(async () => {
    database = await openDatabase();
    fixture = await startJobs(database);
  });
  afterEach(() => fixture.stop());

  const stateOf = async (id: string) => (await fixture.jobs.get(id))?.state;
  const itemIds = () => fixture.items.ids();

  /** Two jobs of one link: the first was cancelled, and is retried while the second one waits or runs. */
  async function cancelAndSendAgain(): Promise<{ first: string; second: string }> {
    const first = await fixture.jobs.submit(LINK, CALLER);
    await fixture.jobs.cancel(first.id);
    const second = await fixture.jobs.submit(LINK, CALLER);
    await fixture.jobs.retry(first.id, null);
    return { first: first.id, second: second.id };
  }

  test('a cancelled job that is retried beside a new one of its link: one of them makes the item, both are ready with it', async () => {
    const { first, second } = await cancelAndSendAgain();
    const claims = [await fixture.claim(), await fixture.claim()];
    expect(claims.map(({ id }) => id).toSorted()).toEqual([first, second].toSorted());
    const [one, two] = claims;
    if (!one || !two) throw new Error('no claims');
    // Both have resolved the link before either downloads: nothing but the answer decides.
    const isNeeded = await Promise.all([fixture.resolve(one), fixture.resolve(two)]);
    expect(isNeeded.toSorted()).toEqual([false, true]);
    const [making, held] = isNeeded[0] ? [one, two] : [two, one];
    expect(await fixture.jobs.get(held.id)).toMatchObject({ state: 'queued', attempt: 0, retry: null });
    expect(await stateOf(making.id)).toBe('downloading');

    await fixture.finish(making);
    const again = await fixture.claim(); // at once, though it would have waited for ten minutes
    expect(again.id).toBe(held.id);
    expect(await fixture.resolve(again)).toBe(false);
    expect([await stateOf(first), await stateOf(second)]).toEqual(['ready', 'ready']);
    expect(await itemIds()).toEqual([making.mediaId]);
    expect(await readdir(fixture.mediaDir)).toEqual([making.mediaId]);
  });

  test.each(['failed', 'cancelled'] as const)(
    'a job whose twin has %s: is claimed again, and makes the item',
    async (end) => {
      await cancelAndSendAgain();
      const one = await fixture.claim();
      const two = await fixture.claim();
      expect(await fixture.resolve(one)).toBe(true);
      expect(await fixture.resolve(two)).toBe(false);
      if (end === 'failed') await fixture.report(one, { type: 'failed', problem: { code: 'source-private' } });
      else {
        const cancelling = fixture.jobs.cancel(one.id);
        await fixture.work.service.renew(one.id, one.fence, new AbortController().signal);
        await fixture.report(one, { type: 'stopped' });
        await cancelling;
      }
      const again = await fixture.claim();
      expect(again.id).toBe(two.id);
      expect(await fixture.resolve(again)).toBe(true);
      await fixture.finish(again);
      expect(await itemIds()).toEqual([again.mediaId]);
    },
  );

  test('two links that the extractor calls by one id, resolved at once: make one item', async () => {
    await fixture.jobs.submit(LINK, CALLER);
    await fixture.jobs.submit(OTHER_LINK, CALLER);
    const [one, two] = [await fixture.claim(), await fixture.claim()];
    expect(await fixture.resolve(one, SOURCE)).toBe(true);
    expect(await fixture.resolve(two, SOURCE)).toBe(false);
    expect(await stateOf(two.id)).toBe('queued');
  });

  test.each([
    ['of another quality', { ...LINK, quality: '360p' }, {}],
    ['for sound', { ...LINK, type: 'audio' }, {}],
    ['private to somebody else', { ...LINK, visibility: 'mine' }, { personId: 'carl' }],
  ] as const)('a job of the same link, %s: does not make another one wait', async (_name, request, person) => {
    await fixture.jobs.submit(request, { ...CALLER, ...person });
    await fixture.jobs.submit(OTHER_LINK, CALLER);
    const [one, two] = [await fixture.claim(), await fixture.claim()];
    expect(await fixture.resolve(one, SOURCE)).toBe(true);
    expect(await fixture.resolve(two, SOURCE)).toBe(true);
  });

  test('the report of a source that comes twice: gets the same answer, and the job continues', async () => {
    await fixture.jobs.submit(LINK, CALLER);
    const work = await fixture.claim();
    expect(await fixture.resolve(work)).toBe(true);
    expect(await fixture.resolve(work)).toBe(true);
    await fixture.finish(work);
    expect(await stateOf(work.id)).toBe('ready');
  });

  describe('an item with damage', () => {
    const ARRIVED = { seconds: 3, ranges: [{ from: 5, to: 8 }] };
    const ofSource = { cause: 'source', ...ARRIVED, source: null, repair: null } as const;
    const ofStorage: MediaDamage = { cause: 'storage', seconds: null, ranges: [], source: ARRIVED, repair: null };

    /** Makes an item of the link. */
    async function make(): Promise<JobWork> {
      await fixture.jobs.submit(LINK, CALLER);
      const work = await fixture.claim();
      await fixture.resolve(work, SOURCE);
      await fixture.finish(work, { ...SOURCE, damage: ofSource });
      return work;
    }

    test('of the source: its job says so, and a job that adopts it too; they no longer do when it is deleted', async () => {
      const { id, mediaId } = await make();
      const other = await fixture.jobs.submit(OTHER_LINK, CALLER);
      expect(await fixture.resolve(await fixture.claim(), SOURCE)).toBe(false);
      const damages = async () => [(await fixture.jobs.get(id))?.damage, (await fixture.jobs.get(other.id))?.damage];
      expect(await damages()).toEqual([ofSource, ofSource]);
      await fixture.items.setDeleted(mediaId, Date.now());
      expect(await damages()).toEqual([null, null]);
    });

    test('of the disk: its link, sent again, is downloaded again', async () => {
      const { id, mediaId } = await make();
      await fixture.items.setDamage(mediaId, ofStorage);
      const again = await fixture.jobs.submit(LINK, CALLER);
      expect(again.id).not.toBe(id);
      expect(await fixture.resolve(await fixture.claim(), SOURCE)).toBe(true);
    });
  });

  describe('an item that was restored from its folder', () => {
    test('beside its own queued job: is adopted by it, and its files stay', async () => {
      const { id } = await fixture.jobs.submit(LINK, CALLER);
      const work = await fixture.claim();
      await fixture.resolve(work);
      await fixture.finish(work);
      // The database is an older copy: there the job still waits, and no item is known.
      await fixture.items.remove(work.mediaId);
      await olderCopy(id);
      const signal = new AbortController().signal;
      await fixture.work.recoverFiles({ isDatabaseNew: false }, signal);
      expect(await itemIds()).toEqual([work.mediaId]);

      const again = await fixture.claim();
      expect(again.mediaId).not.toBe(work.mediaId);
      expect(await fixture.resolve(again)).toBe(false);
      expect(await fixture.jobs.get(id)).toMatchObject({ state: 'ready', mediaId: work.mediaId });
      expect(await readdir(fixture.mediaDir)).toEqual(expect.arrayContaining([work.mediaId]));
    });

    test('whose job is lost: is adopted by a job for the best quality, not by one for another', async () => {
      const source = { ...SOURCE, type: 'video' } as const;
      await fixture.items.save(audioItem(1, source));
      await fixture.jobs.submit({ ...LINK, quality: '360p' }, CALLER);
      await fixture.jobs.submit(OTHER_LINK, CALLER);
      const [low, best] = [await fixture.claim(), await fixture.claim()];
      expect(await fixture.resolve(low, SOURCE)).toBe(true);
      expect(await fixture.resolve(best, SOURCE)).toBe(false);
    });

    async function olderCopy(id: string): Promise<void> {
      await sql`UPDATE jobs SET state = 'queued', not_before = 0, finished_at = NULL WHERE id = ${id}`.execute(
        database.tables(),
      );
    }
  });
});
