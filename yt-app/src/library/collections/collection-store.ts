import type { CollectionPatch } from '@linkcast/contracts';
import type { AppDatabase } from '../../database/app-database.ts';
import type { EventLog } from '../../events/event-log.ts';
import { createEntryStore, type EntryStore } from './entry-store.ts';
import { collectionTable, type CollectionRecord } from './collection-table.ts';
import { createMemberChanges, lockCollection, type MemberChanges } from './member-changes.ts';

/**
 * The collections. One exists from its first item to its last one, in the trash or not. Every change is one transaction with its
 * event.
 */
export interface CollectionStore extends EntryStore, MemberChanges {
  get(id: string): Promise<CollectionRecord | undefined>;
  /** Waits, within a transaction, until no other one changes the collection. */
  lock(id: string): Promise<void>;
  /** @returns undefined when there is none. */
  change(id: string, patch: CollectionPatch): Promise<CollectionRecord | undefined>;
  /** Removes a collection; its items stay. */
  remove(id: string): Promise<void>;
}

export interface CollectionStoreOptions {
  readonly database: AppDatabase;
  readonly events: Pick<EventLog, 'append'>;
  /** Called in the transaction in which a collection is removed. */
  readonly onRemoved: (id: string) => Promise<void>;
}

export function createCollectionStore({ database, events, onRemoved }: CollectionStoreOptions): CollectionStore {
  const query = () => collectionTable.query(database);
  const select = () => query().selectFrom('collections').selectAll();
  const append = ({ id, visibility, personId }: CollectionRecord): void =>
    events.append({ name: 'collection', data: { id, visibility, personId } });
  const get: CollectionStore['get'] = (id) => collectionTable.readOne(select().where('id', '=', id));

  return {
    get,
    ...createEntryStore(database, append),
    ...createMemberChanges(database, append),
    lock: (id) => lockCollection(database, id),
    change: (id, patch) =>
      database.transaction(async () => {
        await lockCollection(database, id);
        const before = await get(id);
        if (!before) return undefined;
        const changed = {
          ...before,
          title: patch.title ?? before.title,
          visibility: patch.visibility ?? before.visibility,
        };
        const { title, visibility } = changed;
        const values = collectionTable.write({ title, visibility });
        await query().updateTable('collections').set(values).where('id', '=', id).execute();
        if (visibility !== before.visibility) append({ ...before, visibility: 'everyone' }); // for those who do not see the next event
        append(changed);
        return changed;
      }),
    remove: (id) =>
      database.transaction(async () => {
        await lockCollection(database, id);
        const collection = await get(id);
        await query().deleteFrom('collections').where('id', '=', id).execute();
        await onRemoved(id);
        if (collection) append(collection);
      }),
  };
}
