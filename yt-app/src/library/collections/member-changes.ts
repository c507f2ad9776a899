import type { AppDatabase } from '../../database/app-database.ts';
import { slices } from '../../slices.ts';
import { collectionTable, type CollectionRecord } from './collection-table.ts';

/** Keeps the collections of items that change. */
export interface MemberChanges {
  /** Appends the events of the collections of an item that has changed for viewers, in the transaction of the change. */
  onItemChanged(mediaId: string): Promise<void>;
  /** Runs a function that removes items, in its transaction; collections that are then empty vanish. */
  whileRemoving<Result>(mediaIds: readonly string[], remove: () => Promise<Result>): Promise<Result>;
}

/** SQL limits the values of a statement. */
const IDS_PER_STATEMENT = 200;

export function createMemberChanges(
  database: AppDatabase,
  append: (collection: CollectionRecord) => void,
): MemberChanges {
  const query = () => collectionTable.query(database);
  const collectionsOf = async (mediaIds: readonly string[]): Promise<string[]> => {
    const rows = query().selectFrom('collection_items').select('collection_id').distinct();
    const found = await rows.where('media_id', 'in', mediaIds).execute();
    return found.map(({ collection_id: id }) => id);
  };
  const removeIfEmpty = async (id: string): Promise<void> => {
    const row = await query()
      .selectFrom('collection_items')
      .select('media_id')
      .where('collection_id', '=', id)
      .limit(1)
      .executeTakeFirst();
    if (!row) await query().deleteFrom('collections').where('id', '=', id).execute();
  };

  return {
    async onItemChanged(mediaId) {
      for (const collection of await readCollections(database, await collectionsOf([mediaId]))) append(collection);
    },
    async whileRemoving(mediaIds, remove) {
      const ids = new Set<string>();
      for (const slice of slices(mediaIds, IDS_PER_STATEMENT)) for (const id of await collectionsOf(slice)) ids.add(id);
      const inOrder = [...ids].toSorted(); // of two removals, none waits for the other's second one
      for (const id of inOrder) await lockCollection(database, id);
      const collections = await readCollections(database, inOrder);
      const result = await remove();
      for (const collection of collections) {
        await removeIfEmpty(collection.id);
        append(collection);
      }
      return result;
    },
  };
}

/** Reads the collections with these ids, in slices. */
export async function readCollections(database: AppDatabase, ids: readonly string[]): Promise<CollectionRecord[]> {
  const found: CollectionRecord[] = [];
  for (const slice of slices(ids, IDS_PER_STATEMENT)) {
    const all = collectionTable.query(database).selectFrom('collections').selectAll();
    found.push(...(await collectionTable.readAll(all.where('id', 'in', slice))));
  }
  return found;
}

/** Waits, within a transaction, until no other one changes the collection. */
export function lockCollection(database: Pick<AppDatabase, 'lock'>, id: string): Promise<void> {
  return database.lock(`collection ${id}`);
}
