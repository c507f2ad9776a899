import type { MediaQuery, Viewer } from '@linkcast/contracts';
import { sql } from 'kysely';
import { visibleRows } from '../../access/visible-rows.ts';
import { createAiringOrder, type AiringOrder } from './airing-order.ts';
import { createItemBatches, type ItemBatches } from './item-batches.ts';
import { createItemChanges, type ItemChanges, type ItemChangesOptions } from './item-changes.ts';
import { decodeCursor, encodeCursor } from './item-cursor.ts';
import { itemTable, type ItemRecord } from './item-table.ts';
import { matchTyped } from './item-search.ts';
import { createTrashReads, type TrashReads } from './trash-reads.ts';
import { titleKey } from './title-key.ts';

export interface ItemPage {
  readonly records: ItemRecord[];
  readonly nextCursor: string | null;
}

/** The rows of the library. */
export interface ItemStore extends ItemChanges, ItemBatches, AiringOrder, TrashReads {
  /** An item, also one in the trash. */
  get(id: string): Promise<ItemRecord | undefined>;
  /** An item that is not in the trash. */
  getListed(id: string): Promise<ItemRecord | undefined>;
  /** Those of the items that a viewer sees, in the order of the ids. */
  getVisible(ids: readonly string[], viewer: Viewer): Promise<ItemRecord[]>;
  /**
   * The items that a viewer sees, without the trash.
   *
   * @throws {Problem} `invalid-request` for a cursor that is not of this list.
   */
  list(query: MediaQuery, viewer: Viewer): Promise<ItemPage>;
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
  const listed = () => select().where('deleted_at', 'is', null);
  const { readOne, readAll } = itemTable;

  return {
    ...createAiringOrder(database),
    ...createItemBatches(options),
    ...createItemChanges(options),
    ...createTrashReads(database),
    get: (id) => readOne(select().where('id', '=', id)),
    getListed: (id) => readOne(listed().where('id', '=', id)),
    async getVisible(ids, viewer) {
      if (ids.length === 0) return [];
      const isVisible = visibleRows(viewer);
      const among = listed().where('id', 'in', ids);
      const found = await readAll(isVisible ? among.where(isVisible) : among);
      return ids.flatMap((id) => found.find((record) => record.id === id) ?? []);
    },
    async list({ type, q, sort, cursor, limit }, viewer) {
      const { key, direction, after } = SORTS[sort];
      const isMatch = await matchTyped(database, q ?? '');
      const isVisible = visibleRows(viewer);
      let page = listed();
      if (isVisible) page = page.where(isVisible);
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
