import type { MediaDamage } from '@linkcast/contracts';
import { sql, type SqlBool } from 'kysely';
import type { AppDatabase } from '../../database/app-database.ts';
import type { ItemEvents } from './item-events.ts';
import { itemTable, type ItemRecord } from './item-table.ts';

/** The checks of the files of items, and what they have found. Times are milliseconds since 1970. */
export interface ItemChecks {
  /** The ready item whose last check is longest ago, if that was before `atMs`. */
  nextToCheck(atMs: number): Promise<ItemRecord | undefined>;
  markChecked(id: string, atMs: number): Promise<void>;
  /** The newest ready item that was never decoded as a whole, and has lost no files; none of the excepted ones. */
  nextToDecode(except: readonly string[]): Promise<ItemRecord | undefined>;
  /** Notes that the item was decoded as a whole; 0: that it was not. */
  markDecoded(id: string, atMs: number): Promise<void>;
  /** Ready items that were never decoded as a whole. */
  countUndecoded(): Promise<number>;
  setDamage(id: string, damage: MediaDamage | null): Promise<ItemRecord | undefined>;
  /** Items whose files are missing, cut short or changed. Reads all rows. */
  damagedIds(): Promise<string[]>;
}

export function createItemChecks(database: AppDatabase, itemEvents: ItemEvents): ItemChecks {
  const query = () => itemTable.query(database);
  const undecoded = () =>
    query()
      .selectFrom('media')
      .where('decoded_at', '=', sql.lit(0)) // as in the partial index
      .where('state', '=', 'ready')
      .where('deleted_at', 'is', null)
      .where(isWhole);

  return {
    nextToDecode(except) {
      const rest = except.length > 0 ? undecoded().where('id', 'not in', except) : undecoded();
      return itemTable.readOne(rest.selectAll().orderBy('number', 'desc').limit(1));
    },
    async markDecoded(id, atMs) {
      await query().updateTable('media').set({ decoded_at: atMs }).where('id', '=', id).execute();
    },
    async countUndecoded() {
      const count = sql<number>`count(*)`.as('count');
      return (await undecoded().select(count).executeTakeFirst())?.count ?? 0;
    },
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
const STORAGE_CAUSE = '"cause":"storage"';
/** The condition of items without damage that a repair would end. */
export const isWhole = sql<SqlBool>`(damage IS NULL OR damage NOT LIKE ${`%${STORAGE_CAUSE}%`})`;
