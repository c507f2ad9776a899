import { MediaQuery } from '@linkcast/contracts';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openAppDatabase } from '../../src/database/app-database.ts';
import { createItemStore, type ItemStore } from '../../src/library/items/item-store.ts';
import { audioItem, mediaId } from '../fixtures/library-items.ts';

let database: ReturnType<typeof openAppDatabase>;
let store: ItemStore;

beforeEach(() => {
  database = openAppDatabase(':memory:');
  store = createItemStore(database);
});
afterEach(() => void database.close());

const titles = (query: Record<string, unknown>) =>
  store.list(MediaQuery.parse(query)).records.map(({ title }) => title);

function allPages(query: Record<string, unknown>): string[] {
  const found: string[] = [];
  let cursor: string | null | undefined;
  for (let page = 0; page < 100 && cursor !== null; page += 1) {
    const answer = store.list(MediaQuery.parse({ ...query, ...(cursor === undefined ? {} : { cursor }) }));
    found.push(...answer.records.map(({ id }) => id));
    cursor = answer.nextCursor;
  }
  return found;
}

test('an item saved and read: is unchanged', () => {
  const facts = audioItem(1, { uploader: null, extractor: null, sourceId: null, durationSeconds: null, jobId: 'job' });
  expect(store.save(facts)).toEqual({ ...facts, airedAt: null });
  expect(store.get(facts.id)).toEqual({ ...facts, airedAt: null });
});

test('an item saved again: has the new fields and keeps airedAt', () => {
  store.save(audioItem(1));
  store.markAired(mediaId(1), 77);
  store.save(audioItem(1, { title: 'Another' }));
  expect(store.get(mediaId(1))).toEqual({ ...audioItem(1, { title: 'Another' }), airedAt: 77 });
});

test('a removed item: is not found, and a second removal returns false', () => {
  store.save(audioItem(1));
  expect(store.remove(mediaId(1))).toBe(true);
  expect(store.remove(mediaId(1))).toBe(false);
  expect(store.get(mediaId(1))).toBeUndefined();
  expect(titles({ q: 'track' })).toEqual([]);
});

test.each(['newest', 'oldest', 'title', 'longest'])(
  'a list sorted by %s and read in pages: contains each item once, in order',
  (sort) => {
    for (let number = 0; number < 23; number += 1) {
      const same = Math.floor(number / 4); // equal keys must not be skipped or repeated
      const durationSeconds = same === 0 ? null : same;
      store.save(audioItem(number, { title: `Été ${same}`, durationSeconds, createdAt: same }));
    }
    const whole = allPages({ sort, limit: 100 });
    expect(new Set(whole).size).toBe(23);
    expect(allPages({ sort, limit: 3 })).toEqual(whole);
  },
);

test('a list: is sorted by newest, oldest, title without case and accents, or longest with unknown lengths last', () => {
  store.save(audioItem(1, { title: 'banana', durationSeconds: null }));
  store.save(audioItem(2, { title: 'Äpfel', durationSeconds: 5 }));
  store.save(audioItem(3, { title: 'apricot', durationSeconds: 9 }));
  expect(titles({})).toEqual(['apricot', 'Äpfel', 'banana']);
  expect(titles({ sort: 'oldest' })).toEqual(['banana', 'Äpfel', 'apricot']);
  expect(titles({ sort: 'title' })).toEqual(['Äpfel', 'apricot', 'banana']);
  expect(titles({ sort: 'longest' })).toEqual(['apricot', 'Äpfel', 'banana']);
});

describe('search', () => {
  beforeEach(() => {
    store.save(audioItem(1, { title: 'Die schöne Müllerin', uploader: 'ÉDITH Šuber' }));
    store.save(audioItem(2, { title: 'Привет, мир', uploader: null, type: 'video' }));
    store.save(audioItem(3, { title: 'NEAR "quoted" AND-or c++', uploader: 'x' }));
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
  ])('the query %s: finds %s', (q, title) => {
    expect(titles({ q })).toEqual(title === undefined ? [] : [title]);
  });

  test('a query without a word: finds every item of the type', () => {
    expect(titles({ q: '  -!* ' })).toHaveLength(3);
    expect(titles({ q: 'п', type: 'video' })).toHaveLength(1);
    expect(titles({ q: 'п', type: 'audio' })).toHaveLength(0);
  });

  test('a renamed item: is found by its new title only, and sorted by it', () => {
    expect(store.rename(mediaId(1), 'Zzz neu')?.title).toBe('Zzz neu');
    expect(titles({ q: 'schöne' })).toEqual([]);
    expect(titles({ q: 'neu' })).toEqual(['Zzz neu']);
    expect(titles({ sort: 'title' }).indexOf('Zzz neu')).toBe(1);
  });

  test('random text: causes no error', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (q) => Array.isArray(titles({ q }))));
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom('"', '*', '(', ')', '^', ':', '-', '+', '{', "'", ' ', 'a', 'NEAR', 'AND', '\0'),
        }),
        (q) => Array.isArray(titles({ q })),
      ),
    );
  });
});

test.each([
  '',
  'nonsense',
  Buffer.from('["title","a","b"]').toString('base64url'),
  Buffer.from('["newest","a","b"]').toString('base64url'),
])('the cursor %j: is refused as an invalid request', (cursor) => {
  expect(() => titles({ cursor })).toThrow(expect.objectContaining({ code: 'invalid-request' }));
});

test('the audio for the station: never aired first, newest first, then the least recently aired', () => {
  for (const number of [1, 2, 3, 4]) store.save(audioItem(number));
  store.save(audioItem(5, { type: 'video' }));
  store.save(audioItem(6, { state: 'playable' }));
  store.save(audioItem(7, { hasFile: false }));
  store.markAired(mediaId(4), 100);
  store.markAired(mediaId(1), 200);
  expect(store.listInAiringOrder().map(({ id }) => id)).toEqual([3, 2, 4, 1].map(mediaId));
  expect(store.listInAiringOrder(1)).toHaveLength(1);
  expect(store.listAired(10).map(({ id }) => id)).toEqual([1, 4].map(mediaId));
});
