import type { AppDatabase } from '../../database/app-database.ts';
import { collectionTable, type CollectionEntry, type CollectionRecord } from './collection-table.ts';
import { readCollections } from './member-changes.ts';

/** An item with its place in a collection. */
export interface PlacedItem extends CollectionEntry {
  readonly mediaId: string;
}

/** The items of collections. */
export interface EntryStore {
  /**
   * Puts an item into a collection, which is made when it does not exist. An item that is in it gets the new position. Within a
   * transaction, which has locked the collection.
   */
  put(item: PlacedItem): Promise<void>;
  /** Adds collections and their items, as `media.json` has them; what exists stays as it is. No event: the items have one for all. */
  restore(items: readonly PlacedItem[]): Promise<void>;
  /** The places of an item. */
  entriesOf(mediaId: string): Promise<CollectionEntry[]>;
  /** The items of a collection, those in the trash too, in their order. */
  itemsOf(id: string): Promise<string[]>;
}

export function createEntryStore(database: AppDatabase, append: (collection: CollectionRecord) => void): EntryStore {
  const query = () => collectionTable.query(database);
  const insert = (collection: CollectionRecord): Promise<unknown> =>
    query()
      .insertInto('collections')
      .values(collectionTable.writeNew(collection))
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute();

  return {
    async put({ collection, mediaId, position }) {
      await insert(collection);
      await query()
        .insertInto('collection_items')
        .values({ collection_id: collection.id, media_id: mediaId, position })
        .onConflict((conflict) => conflict.columns(['collection_id', 'media_id']).doUpdateSet({ position }))
        .execute();
      for (const stored of await readCollections(database, [collection.id])) append(stored);
    },
    async restore(items) {
      for (const { collection, mediaId, position } of items) {
        await insert(collection);
        await query()
          .insertInto('collection_items')
          .values({ collection_id: collection.id, media_id: mediaId, position })
          .onConflict((conflict) => conflict.columns(['collection_id', 'media_id']).doNothing())
          .execute();
      }
    },
    async entriesOf(mediaId) {
      const places = query().selectFrom('collection_items').select(['collection_id', 'position']);
      const found = await places.where('media_id', '=', mediaId).orderBy('collection_id').execute();
      const ids = found.map(({ collection_id: id }) => id);
      const collections = await readCollections(database, ids);
      return found.flatMap(({ collection_id: id, position }) => {
        const collection = collections.find((each) => each.id === id);
        return collection ? [{ collection, position }] : [];
      });
    },
    async itemsOf(id) {
      const rows = query().selectFrom('collection_items').select('media_id').where('collection_id', '=', id);
      return (await rows.orderBy('position').orderBy('media_id').execute()).map(({ media_id: mediaId }) => mediaId);
    },
  };
}
