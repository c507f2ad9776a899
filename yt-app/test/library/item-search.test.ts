import { MediaQuery } from '@linkcast/contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AppDatabase } from '../../src/database/app-database.ts';
import type { ItemStore } from '../../src/library/items/item-store.ts';
import { eachDatabase } from '../fixtures/each-database.ts';
import { audioItem } from '../fixtures/library-items.ts';
import { storesOf } from '../fixtures/stores-of.ts';

/** More items than a search reads before it asks the index of words. */
const ITEMS = 9000;
const PAGE = 40;

/** The words of an item by its number; the highest number is the newest. */
function titleOf(number: number): string {
  const words = ['every'];
  if (number % 2 === 0) words.push('frequent');
  if (number < 30) words.push('early');
  if (number >= ITEMS - 60) words.push('late');
  if (number < 25 || number >= ITEMS - 20) words.push('both');
  return words.join(' ');
}

const SORTS = ['newest', 'oldest', 'title', 'longest'] as const;

eachDatabase((openDatabase) => {
  let database: AppDatabase;
  let store: ItemStore;

  beforeAll(async () => {
    database = await openDatabase();
    store = storesOf(database).items;
    const items = Array.from({ length: ITEMS }, (_, number) =>
      audioItem(0, {
        id: String(number).padStart(20, 'a'),
        title: titleOf(number),
        sourceId: String(number),
        durationSeconds: number,
        createdAt: number,
      }),
    );
    await store.load(() => store.addAll(items));
  });
  afterAll(() => database.close());

  async function countPages(query: Record<string, unknown>): Promise<{ ids: string[]; pages: number }> {
    const ids: string[] = [];
    let cursor: string | null | undefined;
    let pages = 0;
    for (; pages < 300 && cursor !== null; pages += 1) {
      const given = MediaQuery.parse({ ...query, limit: PAGE, ...(cursor === undefined ? {} : { cursor }) });
      const { records, nextCursor } = await store.list(given, 'everything');
      ids.push(...records.map(({ id }) => id));
      cursor = nextCursor;
    }
    return { ids, pages };
  }

  for (const sort of SORTS)
    test.each([
      ['early', 30],
      ['late', 60],
      ['both', 45],
      ['frequent late', 30],
      ['every both', 45],
      ['late early', 0],
      ['eve', ITEMS],
    ])(`sorted by ${sort}, the words "%s": all matches, each once and in order, in full pages`, async (q, matches) => {
      const { ids, pages } = await countPages({ q, sort });
      const expected = await countPages({ sort });
      const wanted = new Set(
        Array.from({ length: ITEMS }, (_, number) => number)
          .filter((number) => q.split(' ').every((word) => titleOf(number).includes(word)))
          .map((number) => String(number).padStart(20, 'a')),
      );
      expect(ids).toEqual(expected.ids.filter((id) => wanted.has(id)));
      expect(ids).toHaveLength(matches);
      expect(pages).toBe(Math.max(1, Math.ceil(matches / PAGE)));
    });
});
