import type { Viewer } from '@linkcast/contracts';
import { visibleRows } from '../../access/visible-rows.ts';
import { createCollectionStore, type CollectionStore } from '../collections/collection-store.ts';
import { createAiringOrder, type AiringOrder } from './airing-order.ts';
import { createCollectionReads, type CollectionReads } from './collection-reads.ts';
import { createItemBatches, type ItemBatches } from './item-batches.ts';
import { createItemChanges, type ItemChanges, type ItemChangesOptions } from './item-changes.ts';
import { createItemList, type ItemList } from './item-list.ts';
import { itemTable, type ItemRecord } from './item-table.ts';
import { createTrashReads, type TrashReads } from './trash-reads.ts';

/** The rows of the library. */
export interface ItemStore extends ItemChanges, ItemBatches, ItemList, AiringOrder, TrashReads {
  readonly collections: CollectionStore & CollectionReads;
  /** An item, also one in the trash. */
  get(id: string): Promise<ItemRecord | undefined>;
  /** An item that is not in the trash. */
  getListed(id: string): Promise<ItemRecord | undefined>;
  /** Those of the items that a viewer sees, in the order of the ids. */
  getVisible(ids: readonly string[], viewer: Viewer): Promise<ItemRecord[]>;
}

export function createItemStore(given: Omit<ItemChangesOptions, 'collections'>): ItemStore {
  const { database } = given;
  const collections = createCollectionStore({
    ...given,
    onRemoved: (id) => given.listener.onCollectionRemoved(id),
  });
  const options = { ...given, collections };
  const select = () => itemTable.query(database).selectFrom('media').selectAll();
  const listed = () => select().where('deleted_at', 'is', null);
  const { readOne, readAll } = itemTable;

  return {
    collections: { ...collections, ...createCollectionReads(database) },
    ...createAiringOrder(database),
    ...createItemBatches(options),
    ...createItemChanges(options),
    ...createItemList(database),
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
  };
}
