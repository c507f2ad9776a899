import type { MediaDamage } from '@linkcast/contracts';
import type { AppDatabase } from '../../database/app-database.ts';
import type { ItemEvents } from './item-events.ts';
import { itemTable, type ItemRecord } from './item-table.ts';

/** The checks of the files of items, and what they have found. Times are milliseconds since 1970. */
export interface ItemChecks {
  /** The ready item whose last check is longest ago, if that was before `atMs`. */
  nextToCheck(atMs: number): Promise<ItemRecord | undefined>;
  markChecked(id: string, atMs: number): Promise<void>;
  setDamage(id: string, damage: MediaDamage | null): Promise<ItemRecord | undefined>;
  /** Items whose files are missing, cut short or changed. Reads all rows. */
  damagedIds(): Promise<string[]>;
}

export function createItemChecks(database: AppDatabase, itemEvents: ItemEvents): ItemChecks {
  const query = () => itemTable.query(database);

  return {
    nextToCheck: (atMs) =>
      itemTable.readOne(
        query()
          .selectFrom('media')
          .selectAll()
          .where('state', '=', 'ready')
          .where('deleted_at', 'is', null)
          .where('checked_at', '<', atMs)
          .orderBy('checked_at')
          .orderBy('id')
          .limit(1),
      ),
    async markChecked(id, atMs) {
      await query().updateTable('media').set({ checked_at: atMs }).where('id', '=', id).execute();
    },
    setDamage: (id, damage) =>
      database.transaction(async () => {
        const columns = itemTable.writeSome({ damage });
        const changed = await itemTable.readOne(
          query().updateTable('media').set(columns).where('id', '=', id).returningAll(),
        );
        if (changed) itemEvents.appendItem(changed);
        return changed;
      }),
    async damagedIds() {
      const rows = await query().selectFrom('media').select(['id', 'damage']).where('damage', 'is not', null).execute();
      return rows.filter(({ damage }) => damage?.includes(STORAGE_CAUSE)).map(({ id }) => id);
    },
  };
}

/** As JSON has it. */
export const STORAGE_CAUSE = '"cause":"storage"';
