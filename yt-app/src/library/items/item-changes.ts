import type { Visibility } from '@linkcast/contracts';
import { createActivityLog } from '../../activity/activity-log.ts';
import type { AppDatabase } from '../../database/app-database.ts';
import type { EventLog } from '../../events/event-log.ts';
import type { CollectionStore } from '../collections/collection-store.ts';
import { createItemChecks, type ItemChecks } from './item-checks.ts';
import { createItemEvents } from './item-events.ts';
import { createItemDeletion, lockItem, type ItemDeletion } from './item-deletion.ts';
import type { ItemListener } from './item-listener.ts';
import { itemTable, type ItemRecord, type LibraryItem } from './item-table.ts';

/** Changes items. Every change is one transaction with its events, and on the disk when it resolves. */
export interface ItemChanges extends ItemDeletion, ItemChecks {
  /** Adds the item, or replaces its fields; `airedAt` stays. */
  save(item: LibraryItem): Promise<ItemRecord>;
  rename(id: string, title: string): Promise<ItemRecord | undefined>;
  /** Within a transaction: until its end, the item is neither hidden nor deleted. */
  lock(id: string): Promise<void>;
  /** Changes who sees the item, and its jobs. */
  setVisibility(id: string, visibility: Visibility): Promise<ItemRecord | undefined>;
  /** Sets or removes the mark that no retention rule takes the item. */
  setKept(id: string, isKept: boolean): Promise<ItemRecord | undefined>;
}

export interface ItemChangesOptions {
  readonly database: AppDatabase;
  readonly events: Pick<EventLog, 'append'>;
  readonly listener: ItemListener;
  readonly collections: CollectionStore;
}

export function createItemChanges(options: ItemChangesOptions): ItemChanges {
  const { database, events, listener, collections } = options;
  const query = () => itemTable.query(database);
  const itemEvents = createItemEvents(events);
  const activity = createActivityLog(database);

  const readItem = (id: string): Promise<ItemRecord | undefined> =>
    itemTable.readOne(query().selectFrom('media').selectAll().where('id', '=', id));
  const update = (id: string, columns: ReturnType<typeof itemTable.writeSome>): Promise<ItemRecord | undefined> =>
    itemTable.readOne(query().updateTable('media').set(columns).where('id', '=', id).returningAll());

  return {
    lock: (id) => lockItem(database, id),
    save: (item) =>
      database.transaction(async () => {
        const saved = await insertOrUpdate(database, item);
        itemEvents.appendItem(saved);
        return saved;
      }),
    rename: (id, title) =>
      database.transaction(async () => {
        await lockItem(database, id);
        const item = await readItem(id);
        const renamed = item && (await update(id, itemTable.writeTitle(title, item.uploader)));
        if (renamed) itemEvents.appendItem(renamed);
        if (renamed && renamed.title !== item.title)
          await activity.appendItem('item-renamed', renamed, { former: item.title });
        return renamed;
      }),
    setVisibility: (id, visibility) =>
      database.transaction(async () => {
        await lockItem(database, id);
        const changed = await update(id, itemTable.writeSome({ visibility }));
        if (!changed) return undefined;
        if (visibility === 'mine') itemEvents.appendRemoval({ ...changed, visibility: 'everyone' }); // for those who do not see the next event
        itemEvents.appendItem(changed);
        await listener.onVisibilityChanged(id, visibility);
        await collections.onItemChanged(id);
        await activity.appendItem(visibility === 'mine' ? 'made-private' : 'made-visible', changed);
        return changed;
      }),
    setKept: (id, isKept) =>
      database.transaction(async () => {
        await lockItem(database, id);
        const changed = await update(id, itemTable.writeSome({ isKept }));
        if (changed) itemEvents.appendItem(changed);
        return changed;
      }),
    ...createItemChecks(database, itemEvents),
    ...createItemDeletion({
      ...options,
      itemEvents,
      update: (id, deletedAt) => update(id, itemTable.writeSome({ deletedAt })),
    }),
  };
}

async function insertOrUpdate(database: AppDatabase, item: LibraryItem): Promise<ItemRecord> {
  const columns = itemTable.write(item);
  const row = await itemTable
    .query(database)
    .insertInto('media')
    .values(columns)
    .onConflict((conflict) => conflict.column('id').doUpdateSet(columns))
    .returningAll()
    .executeTakeFirstOrThrow();
  return itemTable.read(row);
}
