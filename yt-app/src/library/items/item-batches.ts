import { setImmediate as nextTurn } from 'node:timers/promises';
import type { AppDatabase } from '../../database/app-database.ts';
import type { EventLog } from '../../events/event-log.ts';
import { slices } from '../../slices.ts';
import type { CollectionStore } from '../collections/collection-store.ts';
import type { PlacedItem } from '../collections/entry-store.ts';
import { itemTable, type LibraryItem } from './item-table.ts';

/**
 * Reads and writes many rows of the library, and leaves time to other calls in between. A batch has one event, `reset`:
 * consumers read the lists again.
 */
export interface ItemBatches {
  /** All ids, read in pages: an item that is added or removed meanwhile may be among them or not. */
  ids(): Promise<string[]>;
  /** Runs a function that adds items in many transactions. */
  load<Result>(run: () => Promise<Result>): Promise<Result>;
  /** Adds the items that have no row yet, and their places in collections, in one transaction. */
  addAll(items: readonly LibraryItem[], places?: readonly PlacedItem[]): Promise<void>;
  /** Removes the rows of these items, in one transaction. */
  removeAll(ids: readonly string[]): Promise<void>;
}

/** SQLite executes a statement within the event loop, and SQL limits the values of one. */
const ROWS_PER_STATEMENT = 200;
const IDS_PER_PAGE = 2000;

export interface ItemBatchesOptions {
  readonly database: AppDatabase;
  readonly events: Pick<EventLog, 'append'>;
  readonly collections: Pick<CollectionStore, 'whileRemoving' | 'restore'>;
}

export function createItemBatches({ database, events, collections }: ItemBatchesOptions): ItemBatches {
  const query = () => itemTable.query(database);

  return {
    async ids() {
      const ids: string[] = [];
      for (;;) {
        const after = query()
          .selectFrom('media')
          .select('id')
          .where('id', '>', ids.at(-1) ?? '');
        const page = await after.orderBy('id').limit(IDS_PER_PAGE).execute();
        for (const { id } of page) ids.push(id);
        if (page.length < IDS_PER_PAGE) return ids;
        await nextTurn();
      }
    },
    load: (run) => database.load(run),
    addAll: (items, places = []) =>
      database.transaction(async () => {
        for (const slice of slices(items, ROWS_PER_STATEMENT)) {
          const insert = query().insertInto('media').values(slice.map(itemTable.write));
          await insert.onConflict((conflict) => conflict.column('id').doNothing()).execute();
          await nextTurn();
        }
        await collections.restore(places);
        if (items.length > 0) events.append({ name: 'reset', data: {} });
      }),
    removeAll: (ids) =>
      database.transaction(async () => {
        await collections.whileRemoving(ids, async () => {
          for (const slice of slices(ids, ROWS_PER_STATEMENT))
            await query().deleteFrom('media').where('id', 'in', slice).execute();
        });
        if (ids.length > 0) events.append({ name: 'reset', data: {} });
      }),
  };
}
