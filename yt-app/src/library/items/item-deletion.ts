import { createActivityLog } from '../../activity/activity-log.ts';
import type { AppDatabase } from '../../database/app-database.ts';
import type { CollectionStore } from '../collections/collection-store.ts';
import type { ItemEvents } from './item-events.ts';
import type { ItemListener } from './item-listener.ts';
import { createItemRemoval, type ItemRemoval } from './item-removal.ts';
import type { ItemRecord } from './item-table.ts';

/** Moves items to the trash and back, and removes them. */
export interface ItemDeletion extends ItemRemoval {
  /** @param deletedAt milliseconds since 1970; null: restores it. */
  setDeleted(id: string, deletedAt: number | null): Promise<ItemRecord | undefined>;
  /** The same as {@link setDeleted}, if a condition holds in the transaction of the change. @returns undefined when it does not. */
  setDeletedIf(id: string, deletedAt: number, mayGo: () => Promise<boolean>): Promise<ItemRecord | undefined>;
}

export interface ItemDeletionOptions {
  readonly database: AppDatabase;
  readonly itemEvents: ItemEvents;
  readonly listener: ItemListener;
  readonly collections: Pick<CollectionStore, 'onItemChanged' | 'whileRemoving'>;
  /** Writes the time of the deletion, in milliseconds since 1970. */
  readonly update: (id: string, deletedAt: number | null) => Promise<ItemRecord | undefined>;
}

export function createItemDeletion(options: ItemDeletionOptions): ItemDeletion {
  const { database, itemEvents, listener, collections, update } = options;
  const activity = createActivityLog(database);
  const setDeleted = (id: string, deletedAt: number | null): Promise<ItemRecord | undefined> =>
    database.transaction(async () => {
      await lockItem(database, id);
      const changed = await update(id, deletedAt);
      if (!changed) return undefined;
      if (deletedAt === null) itemEvents.appendItem(changed);
      else itemEvents.appendRemoval(changed);
      await listener.onListingChanged(id);
      await collections.onItemChanged(id);
      await activity.appendItem(deletedAt === null ? 'item-restored' : 'item-deleted', changed);
      return changed;
    });

  return {
    setDeleted,
    setDeletedIf: (id, deletedAt, mayGo) =>
      database.transaction(async () => {
        await lockItem(database, id);
        return (await mayGo()) ? setDeleted(id, deletedAt) : undefined;
      }),
    ...createItemRemoval(options),
  };
}

/** Waits, within a transaction, until no other one hides or deletes the item. */
export function lockItem(database: Pick<AppDatabase, 'lock'>, id: string): Promise<void> {
  return database.lock(`item ${id}`);
}
