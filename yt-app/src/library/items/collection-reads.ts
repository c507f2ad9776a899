import { paths, type Collection, type CollectionQuery, type Viewer } from '@linkcast/contracts';
import { sql, type SqlBool } from 'kysely';
import { z } from 'zod';
import { visibleRows } from '../../access/visible-rows.ts';
import type { AppDatabase } from '../../database/app-database.ts';
import { collectionTable } from '../collections/collection-table.ts';
import { listItems, type CollectionItems } from './collection-items.ts';
import { decodeCursor, encodeCursor } from './item-cursor.ts';

/** A page of collections. */
export interface CollectionsPage {
  readonly collections: Collection[];
  readonly nextCursor: string | null;
}

/** Reads collections for viewers. One without an item that the viewer sees does not exist for them; items in the trash are not seen. */
export interface CollectionReads {
  /** The latest first. @throws {Problem} `invalid-request` for a cursor that is not of this list. */
  list(query: CollectionQuery, viewer: Viewer): Promise<CollectionsPage>;
  find(id: string, viewer: Viewer): Promise<Collection | undefined>;
  /** In the order of the source. @throws {Problem} `invalid-request` for a cursor that is not of this list. */
  listItems(id: string, query: CollectionQuery, viewer: Viewer): Promise<CollectionItems>;
}

/** The values of a collection besides its columns. */
const OfItems = z.object({ items: z.coerce.number(), poster_of: z.string().nullable() });

export function createCollectionReads(database: AppDatabase): CollectionReads {
  const isVisibleTo = (viewer: Viewer) => visibleRows(viewer) ?? sql<SqlBool>`1 = 1`;
  const select = (viewer: Viewer) => {
    const seen = sql`
      FROM collection_items JOIN media ON media.id = collection_items.media_id
      WHERE collection_id = collections.id AND deleted_at IS NULL AND ${isVisibleTo(viewer)}`;
    return collectionTable
      .query(database)
      .selectFrom('collections')
      .selectAll()
      .select([
        sql`(SELECT count(*) ${seen})`.as('items'),
        sql`(SELECT media_id ${seen} AND has_poster = 1 ORDER BY position, media_id LIMIT 1)`.as('poster_of'),
      ])
      .where(isVisibleTo(viewer))
      .where(sql<SqlBool>`EXISTS (SELECT 1 ${seen})`);
  };

  return {
    async list({ limit, cursor }, viewer) {
      let page = select(viewer);
      if (cursor !== undefined) {
        const { key, id } = decodeCursor('collections', cursor);
        page = page.where(sql<SqlBool>`(created_at, id) < (${key}, ${id})`);
      }
      const inOrder = page.orderBy('created_at', 'desc').orderBy('id', 'desc');
      const found = await inOrder.limit(limit + 1).execute();
      const rows = found.slice(0, limit);
      const last = found.length > limit ? rows.at(-1) : undefined;
      return {
        collections: rows.map(collectionView),
        nextCursor: last ? encodeCursor('collections', { key: last.created_at, id: last.id }) : null,
      };
    },
    async find(id, viewer) {
      const row = await select(viewer).where('id', '=', id).executeTakeFirst();
      return row && collectionView(row);
    },
    listItems: (id, query, viewer) => listItems(database, id, query, viewer),
  };
}

function collectionView(row: object): Collection {
  const { id, title, personId, visibility, createdAt } = collectionTable.read(row);
  const { items, poster_of: posterOf } = OfItems.parse(row);
  return {
    ...{ id, title, personId, visibility, items },
    poster: posterOf === null ? null : paths.poster(posterOf),
    createdAt: new Date(createdAt).toISOString(),
  };
}
