import type { AppDatabase } from '../../database/app-database.ts';
import { itemTable, type ItemRecord } from './item-table.ts';

/** The audio of the library as the station airs it: what everyone may hear. */
export interface AiringOrder {
  /** The tracks that the station can air, in airing order: never aired (newest first), then the least recently aired. */
  listInAiringOrder(limit: number): Promise<ItemRecord[]>;
  /** The tracks that aired, the latest first. */
  listAired(limit: number): Promise<ItemRecord[]>;
  /** Those of the items that the station can air, in the order of the ids. */
  findAirable(ids: readonly string[]): Promise<ItemRecord[]>;
  markAired(id: string, atMs: number): Promise<void>;
}

export function createAiringOrder(database: AppDatabase): AiringOrder {
  const { readAll } = itemTable;
  const airable = () =>
    itemTable
      .query(database)
      .selectFrom('media')
      .selectAll()
      .where('type', '=', 'audio')
      .where('state', '=', 'ready')
      .where('has_file', '=', 1)
      .where('visibility', '=', 'everyone')
      .where('deleted_at', 'is', null);

  return {
    listInAiringOrder: (limit) =>
      readAll(
        airable()
          .orderBy('aired_at', (order) => order.asc().nullsFirst())
          .orderBy('created_at', 'desc')
          .orderBy('id')
          .limit(limit),
      ),
    listAired: (limit) =>
      readAll(airable().where('aired_at', 'is not', null).orderBy('aired_at', 'desc').orderBy('id').limit(limit)),
    async findAirable(ids) {
      if (ids.length === 0) return [];
      const found = await readAll(airable().where('id', 'in', ids));
      return ids.flatMap((id) => found.find((record) => record.id === id) ?? []);
    },
    async markAired(id, atMs) {
      await itemTable.query(database).updateTable('media').set({ aired_at: atMs }).where('id', '=', id).execute();
    },
  };
}
