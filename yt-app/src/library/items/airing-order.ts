import type { AppDatabase } from '../../database/app-database.ts';
import { itemTable, type ItemRecord } from './item-table.ts';

/** The audio of the library as the station airs it. */
export interface AiringOrder {
  /** The tracks that the station can air, in airing order: never aired (newest first), then the least recently aired. */
  listInAiringOrder(limit: number): Promise<ItemRecord[]>;
  /** The tracks that aired, the latest first. */
  listAired(limit: number): Promise<ItemRecord[]>;
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
      .where('has_file', '=', 1);

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
    async markAired(id, atMs) {
      await itemTable.query(database).updateTable('media').set({ aired_at: atMs }).where('id', '=', id).execute();
    },
  };
}
