import type { MediaQuery } from '@linkcast/contracts';
import type { Database } from '@linkcast/kit';
import { decodeCursor, encodeCursor } from './item-cursor.ts';
import { itemTable, type ItemRecord, type LibraryItem } from './item-table.ts';
import { searchQuery } from './search-query.ts';
import { titleKey } from './title-key.ts';

interface ItemPage {
  readonly records: ItemRecord[];
  readonly nextCursor: string | null;
}

/** The rows of the library. Every call is one statement or one transaction, and is on the disk when it returns. */
export interface ItemStore {
  /** Adds the item, or replaces its fields; `airedAt` stays. */
  save(item: LibraryItem): ItemRecord;
  get(id: string): ItemRecord | undefined;
  /** @throws {Problem} `invalid-request` for a cursor that is not of this list. */
  list(query: MediaQuery): ItemPage;
  ids(): string[];
  rename(id: string, title: string): ItemRecord | undefined;
  /** @returns false when there was none. */
  remove(id: string): boolean;
  /** The tracks that the station can air, in airing order: never aired (newest first), then the least recently aired. */
  listInAiringOrder(limit?: number): ItemRecord[];
  /** The tracks that aired, the latest first. */
  listAired(limit: number): ItemRecord[];
  markAired(id: string, atMs: number): void;
}

const SORTS = {
  newest: { key: 'created_at', direction: 'DESC', after: '<' },
  oldest: { key: 'created_at', direction: 'ASC', after: '>' },
  title: { key: 'title_key', direction: 'ASC', after: '>' },
  longest: { key: 'ifnull(duration_seconds, -1)', direction: 'DESC', after: '<' },
} as const;

const AIRABLE = `type = 'audio' AND state = 'ready' AND has_file = 1`;

export function createItemStore(database: Database): ItemStore {
  const records = (sql: string, values: Record<string, unknown> = {}): ItemRecord[] =>
    database
      .prepare(sql)
      .all(values)
      .map((row) => itemTable.read(row));
  const get = (id: string): ItemRecord | undefined => records('SELECT * FROM media WHERE id = @id', { id })[0];

  return {
    get,
    save(item) {
      const { sql, values } = itemTable.upsert(item);
      database.prepare(sql).run(values);
      return { ...item, airedAt: get(item.id)?.airedAt ?? null };
    },
    list(query) {
      const found = records(...listStatement(query));
      const page = found.slice(0, query.limit);
      const last = found.length > query.limit ? page.at(-1) : undefined;
      return { records: page, nextCursor: last ? encodeCursor(query.sort, positionOf(query.sort, last)) : null };
    },
    ids: () => database.prepare<[], string>('SELECT id FROM media').pluck().all(),
    rename(id, title) {
      const { sql, values } = itemTable.rename(title);
      database.prepare(sql).run({ ...values, id });
      return get(id);
    },
    remove: (id) => database.prepare('DELETE FROM media WHERE id = ?').run(id).changes > 0,
    listInAiringOrder: (limit = -1) =>
      records(
        `SELECT * FROM media WHERE ${AIRABLE} ORDER BY aired_at ASC NULLS FIRST, created_at DESC, id LIMIT @limit`,
        { limit },
      ),
    listAired: (limit) =>
      records(`SELECT * FROM media WHERE ${AIRABLE} AND aired_at IS NOT NULL ORDER BY aired_at DESC, id LIMIT @limit`, {
        limit,
      }),
    markAired(id, atMs) {
      database.prepare('UPDATE media SET aired_at = @atMs WHERE id = @id').run({ id, atMs });
    },
  };
}

function listStatement(query: MediaQuery): [sql: string, values: Record<string, unknown>] {
  const { key, direction, after } = SORTS[query.sort];
  const position = query.cursor === undefined ? undefined : decodeCursor(query.sort, query.cursor);
  const words = searchQuery(query.q ?? '');
  const conditions = [
    ...(query.type ? ['type = @type'] : []),
    ...(words ? ['number IN (SELECT rowid FROM media_words WHERE media_words MATCH @words)'] : []),
    ...(position ? [`(${key}, id) ${after} (@key, @id)`] : []),
  ];
  const where = conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '';
  return [
    `SELECT * FROM media ${where} ORDER BY ${key} ${direction}, id ${direction} LIMIT @rows`,
    { type: query.type, words, ...position, rows: query.limit + 1 },
  ];
}

function positionOf(sort: MediaQuery['sort'], record: ItemRecord): { key: string | number; id: string } {
  const { id, title, durationSeconds, createdAt } = record;
  if (sort === 'title') return { key: titleKey(title), id };
  if (sort === 'longest') return { key: durationSeconds ?? -1, id };
  return { key: createdAt, id };
}
