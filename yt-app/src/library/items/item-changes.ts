import type { Visibility } from '@linkcast/contracts';
import type { AppDatabase } from '../../database/app-database.ts';
import type { EventLog } from '../../events/event-log.ts';
import { createItemEvents } from './item-events.ts';
import type { ItemListener } from './item-listener.ts';
import { itemTable, type ItemRecord, type LibraryItem } from './item-table.ts';

/** Changes items. Every change is one transaction with its events, and on the disk when it resolves. */
export interface ItemChanges {
  /** Adds the item, or replaces its fields; `airedAt` stays. */
  save(item: LibraryItem): Promise<ItemRecord>;
  rename(id: string, title: string): Promise<ItemRecord | undefined>;
  /** Within a transaction: until its end, the item is neither hidden nor deleted. */
  lock(id: string): Promise<void>;
  /** Changes who sees the item, and its jobs. */
  setVisibility(id: string, visibility: Visibility): Promise<ItemRecord | undefined>;
  /** @param deletedAt milliseconds since 1970; null: restores it. */
  setDeleted(id: string, deletedAt: number | null): Promise<ItemRecord | undefined>;
  /** @returns false when there was none. */
  remove(id: string): Promise<boolean>;
}

export interface ItemChangesOptions {
  readonly database: AppDatabase;
  readonly events: Pick<EventLog, 'append'>;
  readonly listener: ItemListener;
}

export function createItemChanges({ database, events, listener }: ItemChangesOptions): ItemChanges {
  const query = () => itemTable.query(database);
  const itemEvents = createItemEvents(events);

  const insertOrUpdate = async (item: LibraryItem): Promise<ItemRecord> => {
    const columns = itemTable.write(item);
    const row = await query()
      .insertInto('media')
      .values(columns)
      .onConflict((conflict) => conflict.column('id').doUpdateSet(columns))
      .returningAll()
      .executeTakeFirstOrThrow();
    return itemTable.read(row);
  };
  const update = (id: string, columns: ReturnType<typeof itemTable.writeSome>): Promise<ItemRecord | undefined> =>
    itemTable.readOne(query().updateTable('media').set(columns).where('id', '=', id).returningAll());

  return {
    lock: (id) => lockItem(database, id),
    save: (item) =>
      database.transaction(async () => {
        const saved = await insertOrUpdate(item);
        itemEvents.appendItem(saved);
        return saved;
      }),
    rename: (id, title) =>
      database.transaction(async () => {
        const item = await itemTable.readOne(query().selectFrom('media').selectAll().where('id', '=', id));
        const renamed = item && (await update(id, itemTable.writeTitle(title, item.uploader)));
        if (renamed) itemEvents.appendItem(renamed);
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
        return changed;
      }),
    setDeleted: (id, deletedAt) =>
      database.transaction(async () => {
        await lockItem(database, id);
        const changed = await update(id, itemTable.writeSome({ deletedAt }));
        if (!changed) return undefined;
        if (deletedAt === null) itemEvents.appendItem(changed);
        else itemEvents.appendRemoval(changed);
        await listener.onListingChanged(id);
        return changed;
      }),
    remove: (id) =>
      database.transaction(async () => {
        const removed = await itemTable.readOne(query().deleteFrom('media').where('id', '=', id).returningAll());
        if (!removed) return false;
        itemEvents.appendRemoval(removed);
        await listener.onListingChanged(id);
        return true;
      }),
  };
}

function lockItem(database: Pick<AppDatabase, 'lock'>, id: string): Promise<void> {
  return database.lock(`item ${id}`);
}
