import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { RetentionRule, RetentionRules } from '@linkcast/contracts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startApi, type ApiFixture } from '../fixtures/api-fixture.ts';
import { openBrowser, type Browser } from '../fixtures/browser.ts';
import { countRows } from '../fixtures/count-rows.ts';
import { eachDatabase } from '../fixtures/each-database.ts';
import { audioItem, COLLECTION, mediaId, putCollection } from '../fixtures/library-items.ts';

const DAY_MS = 86_400_000;
const NONE: RetentionRule = { watchedDays: null, unwatchedDays: null, keepLast: null };
const OF_COLLECTION = { kind: 'collection', id: COLLECTION };

eachDatabase((openDatabase) => {
  let api: ApiFixture;
  let owner: Browser;
  let anna: Browser;
  let annaId: string;
  beforeEach(async () => {
    api = await startApi({ openDatabase });
    [owner, anna] = [openBrowser(api), openBrowser(api)];
    await owner.signIn();
    await anna.signIn({ role: 'member', telegramId: 1001, name: 'Anna' });
    annaId = (await api.access.people.byTelegram(1001))?.id ?? '';
    for (let number = 1; number <= 6; number += 1) await mkdir(path.join(api.mediaDir, mediaId(number)));
  });
  afterEach(() => api.stop());

  const item = (number: number, changes: Parameters<typeof audioItem>[1] = {}) =>
    audioItem(number, { personId: annaId, durationSeconds: 100, createdAt: api.nowMs, ...changes });
  const put = (numbers: readonly number[], changes: Parameters<typeof putCollection>[1] = {}) =>
    putCollection(
      api,
      { personId: annaId, ...changes },
      numbers.map((number) => item(number)),
    );
  const watch = (...numbers: number[]) =>
    anna.ask('post', '/api/me/positions', {
      positions: numbers.map((number) => ({ mediaId: mediaId(number), seconds: 100 })),
    });
  const setRule = async (rule: Partial<RetentionRule> | null, scope: object = OF_COLLECTION) => {
    const answer = await owner.ask('patch', '/api/storage/rules', { scope, rule: rule && { ...NONE, ...rule } });
    expect(answer.status).toBe(200);
    api.nowMs += 2 * DAY_MS; // a rule takes nothing in its first day
  };
  const wait = (days: number) => void (api.nowMs += days * DAY_MS);
  /** Sweeps, and returns the numbers of the items that the library still has. */
  const sweep = async (): Promise<number[]> => {
    await api.positions.stop();
    await api.retention.sweep.run();
    const numbers = [1, 2, 3, 4, 5, 6];
    const listed = await Promise.all(numbers.map((number) => api.store.getListed(mediaId(number))));
    return numbers.filter((_, index) => listed[index]);
  };
  const INSTALLATION = { kind: 'installation' };
  const person = () => ({ kind: 'person', id: annaId });

  test('watched items of a collection: go after its days; others stay', async () => {
    await put([1, 2]);
    await api.store.save(item(3));
    await setRule({ watchedDays: 10 });
    await watch(1, 3);
    wait(9.9);
    expect(await sweep()).toEqual([1, 2, 3]);
    wait(0.2);
    expect(await sweep()).toEqual([2, 3]);
  });

  test('unwatched items of a collection: owners are asked, and nothing goes by itself', async () => {
    await put([1]);
    await setRule({ unwatchedDays: 5 });
    wait(10);
    expect(await sweep()).toEqual([1]);
    expect(await api.retention.questions()).toMatchObject([{ mediaId: mediaId(1), reason: 'unwatched' }]);
  });

  describe('a followed list', () => {
    /** Anna follows the list of the collection, and keeps so much of it. */
    const follow = async (keep: { last: number | null; days: number | null }): Promise<string> => {
      const url = 'https://example.com/list';
      api.jobs.listings.set(url, { title: null, entries: [], hasMore: false });
      const followed = await anna.ask('post', '/api/following', { url, type: 'audio', keep });
      api.nowMs += 2 * DAY_MS;
      return (followed.body as { id: string }).id;
    };
    const followedCollection = { sourceKey: 'https://example.com/list' };

    test('that keeps the last: older items go without a question, until the list is not followed any more', async () => {
      await put([1, 2, 3, 4], followedCollection);
      const id = await follow({ last: 3, days: null });
      expect(await sweep()).toEqual([1, 2, 3]);
      expect(await api.retention.questions()).toEqual([]);
      expect((await anna.ask('delete', `/api/following/${id}`)).status).toBe(204);
      await put([5], followedCollection);
      expect(await sweep()).toEqual([1, 2, 3, 5]);
    });

    test('that keeps days: items go when these have passed; somebody in the middle of one is asked about', async () => {
      await put([1, 2], followedCollection);
      await anna.ask('post', '/api/me/positions', { positions: [{ mediaId: mediaId(1), seconds: 50 }] });
      await follow({ last: null, days: 5 });
      wait(2.9);
      expect(await sweep()).toEqual([1, 2]);
      wait(0.2);
      expect(await sweep()).toEqual([1]);
      expect(await api.retention.questions()).toMatchObject([{ mediaId: mediaId(1) }]);
    });

    test('with a rule of the owners for its collection: that one counts', async () => {
      await put([1, 2], followedCollection);
      await follow({ last: 1, days: null });
      await setRule({});
      expect(await sweep()).toEqual([1, 2]);
    });
  });

  test('a rule with nothing: keeps its items, whatever person and installation say; without it, the rule of the person counts', async () => {
    await put([1]);
    await api.store.save(item(2));
    await setRule({ watchedDays: 1 }, INSTALLATION);
    await setRule({ watchedDays: 5 }, person());
    await setRule({});
    await watch(1, 2);
    wait(30);
    expect(await sweep()).toEqual([1]);
    await setRule(null);
    expect(await sweep()).toEqual([]);
  });

  test('a shorter rule than that of the person: counts for its items only', async () => {
    await put([1]);
    await api.store.save(item(2));
    await setRule({ watchedDays: 100 }, person());
    await setRule({ watchedDays: 1 });
    await watch(1, 2);
    wait(10);
    expect(await sweep()).toEqual([2]);
  });

  test('keep the last two: of those that were added together, the first in the source; items outside do not count', async () => {
    await put([3, 1, 2, 4]);
    await api.store.save(item(5, { createdAt: api.nowMs + 1000 }));
    await watch(1, 2, 3, 4, 5);
    await setRule({ keepLast: 2 });
    wait(1);
    expect(await sweep()).toEqual([1, 3, 5]);
  });

  test('keep the last one: an item that was added later is newer, also at the end of the source', async () => {
    await putCollection(api, { personId: annaId }, [item(1), item(2, { createdAt: api.nowMs + 1000 })]);
    await watch(1, 2);
    await setRule({ keepLast: 1 });
    wait(1);
    expect(await sweep()).toEqual([2]);
  });

  test('an item in two collections: the rule that keeps it longer counts', async () => {
    const other = mediaId(601);
    await put([1, 2]);
    await put([1], { id: other, sourceKey: 'other' });
    await setRule({ watchedDays: 1 });
    await setRule({ watchedDays: 20 }, { kind: 'collection', id: other });
    await watch(1, 2);
    wait(10);
    expect(await sweep()).toEqual([1]);
    await setRule({}, { kind: 'collection', id: other });
    wait(30);
    expect(await sweep()).toEqual([1]);
    await setRule(null, { kind: 'collection', id: other });
    expect(await sweep()).toEqual([]);
  });

  test('an item of somebody else in a collection: is not concerned by its rule, so that nobody can have it deleted', async () => {
    const bert = openBrowser(api);
    await bert.signIn({ role: 'member', telegramId: 1002, name: 'Bert' });
    const bertId = (await api.access.people.byTelegram(1002))?.id ?? '';
    await putCollection(api, { personId: annaId }, [
      item(1),
      item(2, { personId: bertId }),
      item(3, { personId: null }),
    ]);
    await watch(1, 3);
    await watch(2);
    await bert.ask('post', '/api/me/positions', { positions: [{ mediaId: mediaId(2), seconds: 100 }] });
    await setRule({ watchedDays: 1, keepLast: 1 });
    wait(30);
    expect(await sweep()).toEqual([2, 3]);
  });

  describe('the rules', () => {
    test('are listed with the title of the collection, and those of a deleted one are not', async () => {
      await put([1]);
      await setRule({ keepLast: 3 });
      const rules = async () => ((await owner.ask('get', '/api/storage/rules')).body as RetentionRules).rules;
      expect(await rules()).toMatchObject([{ scope: OF_COLLECTION, rule: { keepLast: 3 }, title: 'A list' }]);
      await anna.ask('delete', `/api/collections/${COLLECTION}`);
      expect(await rules()).toEqual([]);
      await setRule({ keepLast: 1 }, INSTALLATION);
      expect(await countRows(api.database, 'retention_rules')).toBe(1);
    });

    test('of a collection that does not exist: are refused', async () => {
      const scope = { kind: 'collection', id: mediaId(9) };
      expect((await owner.ask('patch', '/api/storage/rules', { scope, rule: NONE })).status).toBe(404);
    });

    test('are read and changed by owners only', async () => {
      await put([1]);
      const change = { scope: OF_COLLECTION, rule: { ...NONE, watchedDays: 1 } };
      expect((await anna.ask('patch', '/api/storage/rules', change)).status).toBe(403);
      expect((await anna.ask('get', '/api/storage/rules')).status).toBe(403);
      expect(await api.retention.rules()).toEqual([]);
    });
  });
});
