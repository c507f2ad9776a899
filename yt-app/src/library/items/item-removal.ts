import { createActivityLog } from '../../activity/activity-log.ts';
import type { AppDatabase } from '../../database/app-database.ts';
import type { CollectionStore } from '../collections/collection-store.ts';
import type { ItemEvents } from './item-events.ts';
import type { ItemListener } from './item-listener.ts';
import { itemTable, type ItemRecord } from './item-table.ts';

/** Removes items. */
export interface ItemRemoval {
  /** @returns false when there was none. */
  remove(id: string): Promise<boolean>;
  /** Removes an item that a person deletes for good. @returns false when there was none. */
  purge(id: string): Promise<boolean>;
}

export interface ItemRemovalOptions {
  readonly database: AppDatabase;
  readonly itemEvents: Pick<ItemEvents, 'appendRemoval'>;
  readonly listener: Pick<ItemListener, 'onListingChanged'>;
  readonly collections: Pick<CollectionStore, 'whileRemoving'>;
}

export function createItemRemoval({ database, itemEvents, listener, collections }: ItemRemovalOptions): ItemRemoval {
  const activity = createActivityLog(database);
  const removeRow = async (id: string): Promise<ItemRecord | undefined> => {
    const removal = itemTable.query(database).deleteFrom('media').where('id', '=', id);
    const removed = await collections.whileRemoving([id], () => itemTable.readOne(removal.returningAll()));
    if (!removed) return undefined;
    itemEvents.appendRemoval(removed);
    await listener.onListingChanged(id);
    return removed;
  };
  return {
    remove: (id) => database.transaction(async () => (await removeRow(id)) !== undefined),
    purge: (id) =>
      database.transaction(async () => {
        const removed = await removeRow(id);
        if (removed) await activity.appendItem('item-purged', removed);
        return removed !== undefined;
      }),
  };
}
