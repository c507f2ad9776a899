import type { CollectionQuery, Viewer } from '@linkcast/contracts';
import { sql, type SqlBool } from 'kysely';
import { visibleRows } from '../../access/visible-rows.ts';
import type { AppDatabase } from '../../database/app-database.ts';
import { decodeCursor, encodeCursor } from './item-cursor.ts';
import { itemTable, type ItemRecord } from './item-table.ts';

/** A page of the items of a collection. */
export interface CollectionItems {
  readonly entries: readonly { readonly position: number; readonly record: ItemRecord }[];
  readonly nextCursor: string | null;
}

/** The items of a collection that a viewer sees, in the order of the source. @throws {Problem} `invalid-request` for a cursor that is not of this list. */
export async function listItems(
  database: AppDatabase,
  id: string,
  { limit, cursor }: CollectionQuery,
  viewer: Viewer,
): Promise<CollectionItems> {
  let page = itemTable
    .query(database)
    .selectFrom('media')
    .innerJoin(
      sql<{ media_id: string; collection_id: string; position: number }>`collection_items`.as('place'),
      (join) => join.onRef('place.media_id', '=', 'media.id'),
    )
    .select([...itemTable.names, 'place.position'])
    .where('place.collection_id', '=', id)
    .where('deleted_at', 'is', null)
    .where(visibleRows(viewer) ?? sql<SqlBool>`1 = 1`);
  if (cursor !== undefined) {
    const { key, id: mediaId } = decodeCursor('collection', cursor);
    page = page.where(sql<SqlBool>`(place.position, place.media_id) > (${key}, ${mediaId})`);
  }
  const inOrder = page.orderBy('place.position').orderBy('place.media_id');
  const found = await inOrder.limit(limit + 1).execute();
  const entries = found.slice(0, limit).map((row) => ({ position: row.position, record: itemTable.read(row) }));
  const last = found.length > limit ? entries.at(-1) : undefined;
  return {
    entries,
    nextCursor: last ? encodeCursor('collection', { key: last.position, id: last.record.id }) : null,
  };
}
