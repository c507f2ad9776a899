import { MediaQuery } from '@linkcast/contracts';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AppDatabase } from '../../src/database/app-database.ts';
import type { ItemStore } from '../../src/library/items/item-store.ts';
import { audioItem, mediaId } from '../fixtures/library-items.ts';
import { eachDatabase } from '../fixtures/each-database.ts';
import { storesOf } from '../fixtures/stores-of.ts';

eachDatabase((openDatabase) => {
  let database: AppDatabase;
  let store: ItemStore;

  beforeEach(async () => {
    database = await openDatabase();
    store = storesOf(database).items;
  });
  afterEach(() => database.close());

  const titles = async (query: Record<string, unknown>) =>
    (await store.list(MediaQuery.parse(query), 'everything')).records.map(({ title }) => title);

  async function allPages(query: Record<string, unknown>): Promise<string[]> {
    const found: string[] = [];
    let cursor: string | null | undefined;
    for (let page = 0; page < 100 && cursor !== null; page += 1) {
      const parsed = MediaQuery.parse({ ...query, ...(cursor === undefined ? {} : { cursor }) });
      const answer = await store.list(parsed, 'everything');
      found.push(...answer.records.map(({ id }) => id));
      cursor = answer.nextCursor;
    }
    return found;
  }

  test('an item saved and read: is unchanged', async () => {
    const facts = audioItem(1, {
      uploader: null,
      extractor: null,
      sourceId: null,
      durationSeconds: null,
      jobId: 'job',
    });
    expect(await store.save(facts)).toEqual({ ...facts, airedAt: null });
    expect(await store.get(facts.id)).toEqual({ ...facts, airedAt: null });
  });

  test('an item saved again: has the new fields and keeps airedAt', async () => {
    await store.save(audioItem(1));
    await store.markAired(mediaId(1), 77);
    await store.save(audioItem(1, { title: 'Another' }));
    expect(await store.get(mediaId(1))).toEqual({ ...audioItem(1, { title: 'Another' }), airedAt: 77 });
  });

  test('a removed item: is not found, and a second removal returns false', async () => {
    await store.save(audioItem(1));
    expect(await store.remove(mediaId(1))).toBe(true);
    expect(await store.remove(mediaId(1))).toBe(false);
    expect(await store.get(mediaId(1))).toBeUndefined();
    expect(await titles({ q: 'track' })).toEqual([]);
  });

  test.each(['newest', 'oldest', 'title', 'longest'])(
    'a list sorted by %s and read in pages: contains each item once, in order',
    async (sort) => {
      for (let number = 0; number < 23; number += 1) {
        const same = Math.floor(number / 4); // equal keys must not be skipped or repeated
        const durationSeconds = same === 0 ? null : same;
        await store.save(audioItem(number, { title: `Été ${same}`, durationSeconds, createdAt: same }));
      }
      const whole = await allPages({ sort, limit: 100 });
      expect(new Set(whole).size).toBe(23);
      expect(await allPages({ sort, limit: 3 })).toEqual(whole);
    },
  );

  test('a list: is sorted by newest, oldest, title without case and accents, or longest with unknown lengths last', async () => {
    await store.save(audioItem(1, { title: 'banana', durationSeconds: null }));
    await store.save(audioItem(2, { title: 'Äpfel', durationSeconds: 5 }));
    await store.save(audioItem(3, { title: 'apricot', durationSeconds: 9 }));
    expect(await titles({})).toEqual(['apricot', 'Äpfel', 'banana']);
    expect(await titles({ sort: 'oldest' })).toEqual(['banana', 'Äpfel', 'apricot']);
    expect(await titles({ sort: 'title' })).toEqual(['Äpfel', 'apricot', 'banana']);
    expect(await titles({ sort: 'longest' })).toEqual(['apricot', 'Äpfel', 'banana']);
  });

  describe('search', () => {
    beforeEach(async () => {
      await store.save(audioItem(1, { title: 'Die schöne Müllerin', uploader: 'ÉDITH Šuber' }));
      await store.save(audioItem(2, { title: 'Привет, мир', uploader: null, type: 'video' }));
      await store.save(audioItem(3, { title: 'NEAR "quoted" AND-or c++', uploader: 'x' }));
    });

    test.each([
      ['mullerin', 'Die schöne Müllerin'],
      ['MÜL sch', 'Die schöne Müllerin'],
      ['edith sub', 'Die schöne Müllerin'],
      ['ПРИВЕТ', 'Привет, мир'],
      ['near and', 'NEAR "quoted" AND-or c++'],
      ['"quo', 'NEAR "quoted" AND-or c++'],
      ['c++', 'NEAR "quoted" AND-or c++'],
      ['title:near', undefined],
      ['ullerin', undefined],
    ])('the query %s: finds %s', async (q, title) => {
      expect(await titles({ q })).toEqual(title === undefined ? [] : [title]);
    });

    test('a query without a word: finds every item of the type', async () => {
      expect(await titles({ q: '  -!* ' })).toHaveLength(3);
      expect(await titles({ q: 'п', type: 'video' })).toHaveLength(1);
      expect(await titles({ q: 'п', type: 'audio' })).toHaveLength(0);
    });

    test('a renamed item: is found by its new title only, and sorted by it', async () => {
      expect((await store.rename(mediaId(1), 'Zzz neu'))?.title).toBe('Zzz neu');
      expect(await titles({ q: 'schöne' })).toEqual([]);
      expect(await titles({ q: 'neu' })).toEqual(['Zzz neu']);
      expect((await titles({ sort: 'title' })).indexOf('Zzz neu')).toBe(1);
    });

    test.each([
      ['방탄', '방탄소년단'],
      ['が', 'がらくた'],
      ['ﬁn', 'final'],
      ['fin', 'ﬁnal'],
      ['हिन्', 'हिन्दी'],
    ])('the query %s: finds a title with %s', async (q, title) => {
      await store.save(audioItem(4, { title }));
      expect(await titles({ q })).toEqual([title]);
    });

    test('a query with over a thousand matches: finds every match, in the order of the list', async () => {
      await database.transaction(async () => {
        for (let number = 0; number < 1002; number += 1) {
          const id = `b${String(number).padStart(19, 'a')}`;
          await store.save(audioItem(5, { id, title: `Nearly ${number}`, createdAt: number }));
        }
      });
      const found = await allPages({ q: 'near', sort: 'oldest', limit: 100 });
      expect(found).toHaveLength(1003);
      expect(found.slice(0, 2)).toEqual(['baaaaaaaaaaaaaaaaaa0', 'baaaaaaaaaaaaaaaaaa1']);
      expect(found.at(-1)).toBe(mediaId(3));
    });

    test('random text: causes no error', async () => {
      await fc.assert(
        fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 60 }), async (q) => Array.isArray(await titles({ q }))),
      );
      await fc.assert(
        fc.asyncProperty(
          fc.string({
            unit: fc.constantFrom('"', '*', '(', ')', '^', ':', '-', '+', '{', "'", ' ', 'a', 'NEAR', 'AND', '\0'),
          }),
          async (q) => Array.isArray(await titles({ q })),
        ),
      );
    });
  });

  test.each([
    '',
    'nonsense',
    Buffer.from('["title","a","b"]').toString('base64url'),
    Buffer.from('["newest","a","b"]').toString('base64url'),
  ])('the cursor %j: is refused as an invalid request', async (cursor) => {
    await expect(titles({ cursor })).rejects.toMatchObject({ code: 'invalid-request' });
  });

  test('the audio for the station: never aired first, newest first, then the least recently aired', async () => {
    for (const number of [1, 2, 3, 4]) await store.save(audioItem(number));
    await store.save(audioItem(5, { type: 'video' }));
    await store.save(audioItem(6, { state: 'playable' }));
    await store.save(audioItem(7, { hasFile: false }));
    await store.markAired(mediaId(4), 100);
    await store.markAired(mediaId(1), 200);
    expect((await store.listInAiringOrder(10)).map(({ id }) => id)).toEqual([3, 2, 4, 1].map(mediaId));
    expect((await store.listInAiringOrder(1)).map(({ id }) => id)).toEqual([mediaId(3)]);
    expect((await store.listAired(10)).map(({ id }) => id)).toEqual([1, 4].map(mediaId));
  });

  test('several items read for the station: are in the order of the ids, without those that do not exist', async () => {
    for (const number of [1, 2, 3]) await store.save(audioItem(number));
    const read = async (...numbers: number[]) => (await store.findAirable(numbers.map(mediaId))).map(({ id }) => id);
    expect(await read(3, 9, 1)).toEqual([3, 1].map(mediaId));
    expect(await read()).toEqual([]);
  });
});
