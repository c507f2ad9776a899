import type { MediaQuery, Viewer } from '@linkcast/contracts';
import { sql, type SqlBool } from 'kysely';
import { visibleRows } from '../../access/visible-rows.ts';
import type { AppDatabase } from '../../database/app-database.ts';
import { decodeCursor, encodeCursor } from './item-cursor.ts';
import { itemTable, type ItemRecord } from './item-table.ts';

export type TrashQuery = Pick<MediaQuery, 'limit' | 'cursor'>;

/** Finds deleted items that can still be restored. In the trash, every item is seen as a private one. */
export interface TrashReads {
  /**
   * The deleted items that a viewer may restore, the latest first.
   *
   * @throws {Problem} `invalid-request` for a cursor that is not of this list.
   */
  listTrash(query: TrashQuery, viewer: Viewer): Promise<{ records: ItemRecord[]; nextCursor: string | null }>;
  /** Items that were deleted before a time (milliseconds since 1970), the earliest first. */
  listDeletedBefore(time: number, limit: number): Promise<ItemRecord[]>;
  /** The bytes of all items in the trash. */
  trashBytes(): Promise<number>;
}

export function createTrashReads(database: AppDatabase): TrashReads {
  const trash = () => itemTable.query(database).selectFrom('media').selectAll().where('deleted_at', 'is not', null);

  return {
    async trashBytes() {
      const sum = itemTable
        .query(database)
        .selectFrom('media')
        .select((select) => select.fn.sum<number | string | null>('bytes').as('bytes'))
        .where('deleted_at', 'is not', null);
      return Number((await sum.executeTakeFirst())?.bytes ?? 0);
    },
    async listTrash({ limit, cursor }, viewer) {
      let page = trash();
      if (viewer !== 'everything' && visibleRows(viewer)) page = page.where('person_id', '=', viewer.personId);
      if (cursor !== undefined) {
        const { key, id } = decodeCursor('trash', cursor);
        page = page.where(sql<SqlBool>`(deleted_at, id) < (${key}, ${id})`);
      }
      const inOrder = page.orderBy('deleted_at', 'desc').orderBy('id', 'desc');
      const found = await itemTable.readAll(inOrder.limit(limit + 1));
      const records = found.slice(0, limit);
      const last = found.length > limit ? records.at(-1) : undefined;
      return { records, nextCursor: last ? encodeCursor('trash', { key: last.deletedAt ?? 0, id: last.id }) : null };
    },
    listDeletedBefore: (time, limit) =>
      itemTable.readAll(trash().where('deleted_at', '<', time).orderBy('deleted_at').orderBy('id').limit(limit)),
  };
}
