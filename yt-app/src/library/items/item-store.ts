import type { MediaQuery } from '@linkcast/contracts';
import { sql } from 'kysely';
import { createAiringOrder, type AiringOrder } from './airing-order.ts';
import { createItemBatches, type ItemBatches } from './item-batches.ts';
import { createItemChanges, type ItemChanges, type ItemChangesOptions } from './item-changes.ts';
import { decodeCursor, encodeCursor } from './item-cursor.ts';
import { itemTable, type ItemRecord } from './item-table.ts';
import { matchTyped } from './item-search.ts';
import { titleKey } from './title-key.ts';

interface ItemPage {
  readonly records: ItemRecord[];
  readonly nextCursor: string | null;
}

/** The rows of the library. */
export interface ItemStore extends ItemChanges, ItemBatches, AiringOrder {
  get(id: string): Promise<ItemRecord | undefined>;
  /** Those of the items that exist, in the order of the ids. */
  getAll(ids: readonly string[]): Promise<ItemRecord[]>;
  /** @throws {Problem} `invalid-request` for a cursor that is not of this list. */
  list(query: MediaQuery): Promise<ItemPage>;
}

const SORTS = {
  newest: { key: 'created_at', direction: 'desc', after: '<' },
  oldest: { key: 'created_at', direction: 'asc', after: '>' },
  title: { key: 'title_key', direction: 'asc', after: '>' },
  longest: { key: 'coalesce(duration_seconds, -1)', direction: 'desc', after: '<' },
} as const;

export function createItemStore(options: ItemChangesOptions): ItemStore {
  const { database } = options;
  const query = () => itemTable.query(database);
  const select = () => query().selectFrom('media').selectAll();
  const { readOne, readAll } = itemTable;

  return {
    ...createAiringOrder(database),
    ...createItemBatches(options),
    ...createItemChanges(options),
    get: (id) => readOne(select().where('id', '=', id)),
    async getAll(ids) {
      if (ids.length === 0) return [];
      const found = await readAll(select().where('id', 'in', ids));
      return ids.flatMap((id) => found.find((record) => record.id === id) ?? []);
    },
    async list({ type, q, sort, cursor, limit }) {
      const { key, direction, after } = SORTS[sort];
      const isMatch = await matchTyped(database, q ?? '');
      let page = select();
      if (type) page = page.where('type', '=', type);
      if (isMatch) page = page.where(isMatch);
      if (cursor !== undefined) {
        const position = decodeCursor(sort, cursor);
        page = page.where(sql<boolean>`(${sql.raw(key)}, id) ${sql.raw(after)} (${position.key}, ${position.id})`);
      }
      const found = await readAll(
        page
          .orderBy(sql.raw(key), direction)
          .orderBy('id', direction)
          .limit(limit + 1),
      );
      const records = found.slice(0, limit);
      const last = found.length > limit ? records.at(-1) : undefined;
      return { records, nextCursor: last ? encodeCursor(sort, positionOf(sort, last)) : null };
    },
  };
}

function positionOf(sort: MediaQuery['sort'], record: ItemRecord): { key: string | number; id: string } {
  const { id, title, durationSeconds, createdAt } = record;
  if (sort === 'title') return { key: titleKey(title), id };
  if (sort === 'longest') return { key: durationSeconds ?? -1, id };
  return { key: createdAt, id };
}
