import type { MediaQuery, Viewer } from '@linkcast/contracts';
import { sql } from 'kysely';
import { visibleRows } from '../../access/visible-rows.ts';
import type { AppDatabase } from '../../database/app-database.ts';
import { decodeCursor, encodeCursor, type ItemPlace } from './item-cursor.ts';
import { searchItems } from './item-search.ts';
import { itemTable, type ItemRecord } from './item-table.ts';
import { titleKey } from './title-key.ts';

export interface ItemPage {
  readonly records: ItemRecord[];
  readonly nextCursor: string | null;
}

/** Lists the library. */
export interface ItemList {
  /**
   * The items that a viewer sees, without the trash.
   *
   * @throws {Problem} `invalid-request` for a cursor that is not of this list.
   */
  list(query: MediaQuery, viewer: Viewer): Promise<ItemPage>;
}

const SORTS = {
  newest: { key: 'created_at', direction: 'desc', after: '<', until: '>=' },
  oldest: { key: 'created_at', direction: 'asc', after: '>', until: '<=' },
  title: { key: 'title_key', direction: 'asc', after: '>', until: '<=' },
  longest: { key: 'coalesce(duration_seconds, -1)', direction: 'desc', after: '<', until: '>=' },
} as const;
/** A search reads the text of so many items before it asks the index: finding all matches of frequent words takes longer. */
const NEAR_ITEMS = 4000;

export function createItemList(database: AppDatabase): ItemList {
  const media = () => itemTable.query(database).selectFrom('media');

  /** The place that lies `count` items after the start of a page, matching or not; undefined when fewer follow. */
  const placeAfter = (
    count: number,
    { sort }: MediaQuery,
    start: ItemPlace | undefined,
  ): Promise<ItemPlace | undefined> => {
    const { key, direction, after } = SORTS[sort];
    const places = start ? media().where(compare(key, after, start)) : media();
    return places
      .select([sql<string | number>`${sql.raw(key)}`.as('key'), 'id'])
      .orderBy(sql.raw(key), direction)
      .orderBy('id', direction)
      .offset(sql.lit(count))
      .limit(sql.lit(1))
      .executeTakeFirst();
  };

  return {
    async list(query, viewer) {
      const { type, q, sort, collection, cursor, limit } = query;
      const { key, direction, after, until } = SORTS[sort];
      const isVisible = visibleRows(viewer);
      const start = cursor === undefined ? undefined : decodeCursor(sort, cursor);
      let page = media()
        .select(itemTable.names) // the words of the search are not read
        .where('deleted_at', 'is', null)
        .orderBy(sql.raw(key), direction)
        .orderBy('id', direction)
        .limit(sql.lit(limit + 1)); // as a literal, PostgreSQL plans a prepared statement for it
      if (isVisible) page = page.where(isVisible);
      if (type) page = page.where('type', '=', type);
      if (collection !== undefined) page = page.where(isInCollection(collection));
      if (start) page = page.where(compare(key, after, start));

      const search = searchItems(database, q ?? '');
      if (!search) return pageOf(sort, limit, await itemTable.readAll(page));
      const end = await placeAfter(NEAR_ITEMS, query, start);
      const near = page.where(search.byText);
      const found = await itemTable.readAll(end ? near.where(compare(key, until, end)) : near);
      if (!end || found.length > limit) return pageOf(sort, limit, found);
      return pageOf(sort, limit, await itemTable.readAll(page.where(await search.byIndex())));
    },
  };
}

function isInCollection(id: string) {
  return sql<boolean>`id IN (SELECT media_id FROM collection_items WHERE collection_id = ${id})`;
}

function compare(key: string, operator: string, place: ItemPlace) {
  return sql<boolean>`(${sql.raw(key)}, id) ${sql.raw(operator)} (${place.key}, ${place.id})`;
}

/** @param found one item more than the page has, where there is another page. */
function pageOf(sort: MediaQuery['sort'], limit: number, found: readonly ItemRecord[]): ItemPage {
  const records = found.slice(0, limit);
  const last = found.length > limit ? records.at(-1) : undefined;
  return { records, nextCursor: last ? encodeCursor(sort, placeOf(sort, last)) : null };
}

function placeOf(sort: MediaQuery['sort'], { id, title, durationSeconds, createdAt }: ItemRecord): ItemPlace {
  if (sort === 'title') return { key: titleKey(title), id };
  if (sort === 'longest') return { key: durationSeconds ?? -1, id };
  return { key: createdAt, id };
}
