import type { MediaType } from '@linkcast/contracts';
import type { AppDatabase } from '../../database/app-database.ts';
import type { EventLog } from '../../events/event-log.ts';
import type { StoredEvent } from '../../events/stored-event.ts';
import { itemTable, type ItemRecord, type LibraryItem } from './item-table.ts';
import { itemView } from './item-view.ts';

/** Changes items. Every change is one transaction with its events, and on the disk when it resolves. */
export interface ItemChanges {
  /** Adds the item, or replaces its fields; `airedAt` stays. */
  save(item: LibraryItem): Promise<ItemRecord>;
  rename(id: string, title: string): Promise<ItemRecord | undefined>;
  /** @returns false when there was none. */
  remove(id: string): Promise<boolean>;
}

export interface ItemChangesOptions {
  readonly database: AppDatabase;
  readonly events: Pick<EventLog, 'append'>;
  /** Called in the transaction that has removed an item. */
  readonly onRemoved: (id: string) => Promise<void>;
}

export function createItemChanges({ database, events, onRemoved }: ItemChangesOptions): ItemChanges {
  const query = () => itemTable.query(database);
  const { readOne } = itemTable;

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
  /** The station shows its tracks: it changes with them. */
  const append = (event: StoredEvent, type: MediaType): void => {
    events.append(event);
    if (type === 'audio') events.append({ name: 'station' });
  };

  return {
    save: (item) =>
      database.transaction(async () => {
        const saved = await insertOrUpdate(item);
        append({ name: 'media', data: itemView(saved) }, saved.type);
        return saved;
      }),
    rename: (id, title) =>
      database.transaction(async () => {
        const item = await readOne(query().selectFrom('media').selectAll().where('id', '=', id));
        if (!item) return undefined;
        const columns = itemTable.writeTitle(title, item.uploader);
        const renamed = await readOne(query().updateTable('media').set(columns).where('id', '=', id).returningAll());
        if (renamed) append({ name: 'media', data: itemView(renamed) }, renamed.type);
        return renamed;
      }),
    remove: (id) =>
      database.transaction(async () => {
        const removed = await readOne(query().deleteFrom('media').where('id', '=', id).returningAll());
        if (!removed) return false;
        append({ name: 'media-deleted', data: { id } }, removed.type);
        await onRemoved(id);
        return true;
      }),
  };
}
