import { FollowedPatch, MOST_FOLLOWED, Problem } from '@linkcast/contracts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AppDatabase } from '../../src/database/app-database.ts';
import { eachDatabase } from '../fixtures/each-database.ts';
import { CHANNEL, listOf, startFollowingRig, videoOf, type FollowingRig } from './following-rig.ts';

const DAY = 24;

eachDatabase((openDatabase) => {
  let database: AppDatabase;
  let rig: FollowingRig;
  /** Refuses more jobs than this. */
  let room: number;

  beforeEach(async () => {
    database = await openDatabase();
    room = Infinity;
    const overLimit = (count: number): Problem =>
      new Problem('over-limit', { overLimit: { which: 'openJobs', limit: count, used: count - room, freeAt: null } });
    rig = await startFollowingRig(database, {
      limits: {
        require: (_person, { count = 1 } = {}) => (count > room ? Promise.reject(overLimit(count)) : Promise.resolve()),
      },
    });
    rig.sources.set(CHANNEL, listOf(['b', 'a']));
  });
  afterEach(() => rig.stop());

  const current = async () => (await rig.following.list('anna'))[0];

  describe('following', () => {
    test('a list: fetches nothing that is there, unless it is asked for', async () => {
      expect(await rig.follow()).toMatchObject({ title: 'A channel', state: 'active', waiting: 0, lastNewAt: null });
      expect(await rig.batches()).toEqual([]);
      await rig.follow({ last: 1 }, 'bert');
      expect(await rig.batches()).toEqual([[videoOf('b')]]);
    });

    test('the same list twice, and more than a person may: is refused; another person may', async () => {
      await rig.follow();
      await expect(rig.follow({ url: `${CHANNEL}?utm_source=x` })).rejects.toMatchObject({ code: 'already-followed' });
      await rig.follow({}, 'bert');
      for (let number = 1; number < MOST_FOLLOWED; number += 1) {
        rig.sources.set(`${CHANNEL}/${number}`, listOf([]));
        await rig.follow({ url: `${CHANNEL}/${number}` });
      }
      rig.sources.set(`${CHANNEL}/more`, listOf([]));
      await expect(rig.follow({ url: `${CHANNEL}/more` })).rejects.toMatchObject({ code: 'too-many-followed' });
    });

    test('one video, or a link that cannot be read: is refused, and nothing is stored', async () => {
      rig.sources.set(CHANNEL, new Problem('not-a-list'));
      await expect(rig.follow()).rejects.toMatchObject({ code: 'not-a-list' });
      await expect(rig.follow({ url: 'https://example.com/deleted' })).rejects.toMatchObject({
        code: 'source-not-found',
      });
      expect(await rig.following.list()).toEqual([]);
    });

    test('each change: has an event, and beginning and end are in the activity log', async () => {
      const before = await rig.fixture.events.log.latest();
      const { id } = await rig.follow();
      await rig.following.change(id, FollowedPatch.parse({ state: 'paused' }));
      await rig.following.stopFollowing(id);
      const events = await rig.fixture.events.log.readAfter(before, 100);
      const own = events.map(({ event }) => event).filter(({ name }) => name === 'following');
      expect(own.length).toBeGreaterThanOrEqual(3);
      expect(own.at(-1)).toEqual({ name: 'following', data: { id, personId: 'anna', givenUp: null } });
      const rows = await database
        .tables<{ activity: { kind: string } }>()
        .selectFrom('activity')
        .select('kind')
        .execute();
      expect(rows.map(({ kind }) => kind)).toEqual(['followed', 'unfollowed']);
    });

    test('a person who is removed: follows nothing any more', async () => {
      await rig.follow();
      await database.transaction(() => rig.following.endOf('anna'));
      rig.sources.set(CHANNEL, listOf(['c', 'b', 'a']));
      await rig.round(DAY);
      expect(await rig.batches()).toEqual([]);
    });
  });

  describe('a check', () => {
    test('of new videos: makes one parent in the name of the person, whose jobs come after those that somebody waits for', async () => {
      await rig.follow({ type: 'audio', visibility: 'mine' });
      rig.sources.set(CHANNEL, listOf(['d', 'c', 'b', 'a'], 'A renamed channel'));
      await rig.round(7);
      expect(await rig.batches()).toEqual([[videoOf('c'), videoOf('d')]]);
      const [parent] = (await rig.fixture.jobs.list({ limit: 9 }, 'everything')).jobs;
      const title = 'A renamed channel';
      expect(parent).toMatchObject({ title, type: 'audio', visibility: 'mine', requesterId: 'anna' });
      expect(await current()).toMatchObject({ title, lastCheckAt: rig.now, lastNewAt: rig.now, problem: null });
      await rig.fixture.jobs.submit({ url: videoOf('sent'), type: 'video' }, { caller: 'x', personId: 'bert' });
      const claimed = [await rig.fixture.claim(), await rig.fixture.claim(), await rig.fixture.claim()];
      expect(claimed.map(({ url }) => url)).toEqual([videoOf('sent'), videoOf('c'), videoOf('d')]);
    });

    test('a job of the list whose page somebody opens: waits no longer than others', async () => {
      await rig.follow({ last: 1 });
      await rig.fixture.jobs.submit({ url: videoOf('sent'), type: 'video' }, { caller: 'x', personId: 'anna' });
      const [parent] = (await rig.fixture.jobs.list({ limit: 9, state: 'queued' }, 'everything')).jobs.filter(
        ({ children }) => children,
      );
      await rig.fixture.jobs.whileWaiting(parent?.id ?? '', async () => {
        expect((await rig.fixture.claim()).url).toBe(videoOf('b'));
      });
    });

    test('twice at different times: the items are in one collection, in the order in which they appeared', async () => {
      await rig.follow({ last: 2 });
      const finishNext = async (): Promise<void> => {
        const work = await rig.fixture.claim();
        await rig.fixture.resolve(work);
        await rig.fixture.finish(work);
      };
      await finishNext();
      rig.sources.set(CHANNEL, listOf(['c', 'b', 'a']));
      await rig.round(7); // a child of the first parent still waits
      await finishNext();
      await finishNext();
      const [collection, ...others] = (await rig.fixture.items.collections.list({ limit: 9 }, 'everything'))
        .collections;
      expect(others).toEqual([]);
      expect((await current())?.collectionId).toBe(collection?.id);
      const { entries } = await rig.fixture.items.collections.listItems(
        collection?.id ?? '',
        { limit: 9 },
        'everything',
      );
      expect(entries.map(({ position, record }) => [position, record.title])).toEqual([
        [1, videoOf('b')],
        [2, videoOf('a')],
        [3, videoOf('c')],
      ]);
    });

    test('before it is due, of a paused list, and of a host that rests: reads nothing', async () => {
      const { id } = await rig.follow();
      rig.reads.length = 0;
      await rig.round(5);
      await rig.following.change(id, FollowedPatch.parse({ state: 'paused' }));
      await rig.round(DAY);
      expect(rig.reads).toEqual([]);
      await expect(rig.following.checkNow(id)).rejects.toMatchObject({ code: 'conflict' });
      await rig.fixture.jobs.submit({ url: videoOf('x'), type: 'video' }, { caller: 'x', personId: 'bert' });
      const until = rig.now + 2 * 3_600_000;
      await rig.fixture.store.rest('example.com', { notBefore: until, problem: { code: 'source-captcha', facts: {} } });
      await rig.following.change(id, FollowedPatch.parse({ state: 'active' }));
      await rig.round(1);
      expect(rig.reads).toEqual([]);
      expect(await current()).toMatchObject({ nextCheckAt: until, failures: 0 });
    });

    test('with less room than videos: takes the oldest, and the others at a later check, when the list has lost them too', async () => {
      await rig.follow();
      rig.sources.set(CHANNEL, listOf(['e', 'd', 'c', 'b', 'a']));
      room = 2;
      await rig.round(7);
      expect(await rig.batches()).toEqual([[videoOf('c'), videoOf('d')]]);
      expect(await current()).toMatchObject({ waiting: 1, failures: 0, problem: { code: 'over-limit' } });
      room = Infinity;
      rig.sources.set(CHANNEL, listOf(['f']));
      await rig.round(1);
      expect((await rig.batches())[1]).toEqual([videoOf('e'), videoOf('f')]);
      expect(await current()).toMatchObject({ waiting: 0, problem: null });
    });
  });

  describe('a source that cannot be read', () => {
    test('403 for a week: is checked less and less often, and then fetches what it has missed', async () => {
      await rig.follow();
      rig.reads.length = 0;
      rig.sources.set(CHANNEL, new Problem('source-private'));
      for (let hour = 0; hour < 7 * DAY; hour += 1) await rig.round(1);
      expect(rig.reads.length).toBeLessThan(12);
      expect(await current()).toMatchObject({
        state: 'active',
        failures: rig.reads.length,
        problem: { code: 'source-private' },
      });
      rig.sources.set(CHANNEL, listOf(['d', 'c', 'b', 'a']));
      await rig.round(3.5 * DAY);
      expect(await rig.batches()).toEqual([[videoOf('c'), videoOf('d')]]);
      expect(await current()).toMatchObject({ failures: 0, failingSince: null, problem: null });
    });

    test('a channel that has vanished: is paused by itself after a month, says why, and can be continued', async () => {
      const { id } = await rig.follow();
      rig.sources.delete(CHANNEL);
      for (let day = 0; day < 36; day += 1) await rig.round(DAY);
      expect(await current()).toMatchObject({ state: 'paused', problem: { code: 'source-not-found' } });
      const events = (await rig.fixture.events.log.readAfter(0, 1000)).map(({ event }) => event);
      const reported = events.filter((event) => event.name === 'following' && event.data.givenUp !== null);
      const givenUp = { title: 'A channel', code: 'source-not-found' };
      expect(reported).toEqual([{ name: 'following', data: { id, personId: 'anna', givenUp } }]);
      rig.sources.set(CHANNEL, listOf(['c', 'b', 'a']));
      await rig.following.change(id, FollowedPatch.parse({ state: 'active' }));
      await rig.round(0);
      expect(await current()).toMatchObject({ state: 'active', failures: 0 });
      expect(await rig.batches()).toEqual([[videoOf('c')]]);
    });

    test('a host that asks for fewer requests: its other lists wait, too, and so do its jobs', async () => {
      rig.sources.set(`${CHANNEL}/2`, listOf([]));
      await rig.follow();
      await rig.follow({ url: `${CHANNEL}/2` });
      await rig.fixture.jobs.submit({ url: videoOf('x'), type: 'video' }, { caller: 'x', personId: 'bert' });
      rig.reads.length = 0;
      rig.sources.set(CHANNEL, new Problem('source-rate-limited'));
      await rig.round(6);
      const next = rig.now + 1_800_000;
      expect((await rig.following.list('anna')).map(({ nextCheckAt }) => nextCheckAt)).toEqual([next, next]);
      expect(rig.reads).toEqual([CHANNEL]);
      const [job] = (await rig.fixture.jobs.list({ limit: 1 }, 'everything')).jobs;
      expect(job?.retry?.at).toBe(new Date(next).toISOString());
    });

    test('a worker that is away: counts as no failure', async () => {
      await rig.follow();
      rig.sources.set(CHANNEL, new Problem('downloader-unavailable'));
      await rig.round(7);
      expect(await current()).toMatchObject({ failures: 0, problem: null, nextCheckAt: rig.now - 3_600_000 });
    });
  });

  test('what is remembered of a list: has a bound', async () => {
    await rig.follow();
    for (let round = 1; round <= 4; round += 1) {
      rig.sources.set(CHANNEL, listOf(Array.from({ length: 1000 }, (_, index) => `${round}-${index}`)));
      await rig.round(7);
    }
    const tables = database.tables<{ followed_entries: { source_key: string } }>();
    expect((await tables.selectFrom('followed_entries').select('source_key').execute()).length).toBe(2000);
  });
});
