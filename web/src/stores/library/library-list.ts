import type { Media, MediaType } from '@linkcast/contracts';

export type LibrarySort = 'newest' | 'oldest' | 'title' | 'longest';

export interface LibraryQuery {
  /** Undefined: video and audio. */
  readonly type: MediaType | undefined;
  readonly q: string;
  readonly sort: LibrarySort;
}

/** The part of the library read so far; `nextCursor` is null at the end of the library. */
export interface LibraryList {
  readonly items: readonly Media[];
  readonly nextCursor: string | null;
}

const orders: Record<LibrarySort, (a: Media, b: Media) => number> = {
  newest: (a, b) => b.createdAt.localeCompare(a.createdAt),
  oldest: (a, b) => a.createdAt.localeCompare(b.createdAt),
  title: (a, b) => a.title.localeCompare(b.title),
  longest: (a, b) => (b.durationSeconds ?? 0) - (a.durationSeconds ?? 0),
};

/** True when the server would include the item in the result of the query. */
export function matchesQuery(item: Media, { type, q }: LibraryQuery): boolean {
  if (type !== undefined && item.type !== type) return false;
  const haystack = `${item.title} ${item.uploader ?? ''}`.toLowerCase();
  return q
    .toLowerCase()
    .split(/\s+/)
    .every((word) => haystack.includes(word));
}

/** Adds or replaces an item. An item whose position is after the part read so far is left for its page. */
export function withItem(list: LibraryList, item: Media, query: LibraryQuery): LibraryList {
  const { items, nextCursor } = list;
  if (items.some(({ id }) => id === item.id))
    return { items: items.map((other) => (other.id === item.id ? item : other)), nextCursor };
  if (!matchesQuery(item, query)) return list;

  const order = orders[query.sort];
  const before = items.findIndex((other) => order(item, other) < 0);
  if (before < 0 && nextCursor !== null) return list;
  const index = before < 0 ? items.length : before;
  return { items: [...items.slice(0, index), item, ...items.slice(index)], nextCursor };
}

/** Removes an item. */
export function withoutItem(list: LibraryList, id: string): LibraryList {
  return { ...list, items: list.items.filter((item) => item.id !== id) };
}

/** Appends the next page; items that events have added meanwhile appear once. */
export function withPage(list: LibraryList, page: LibraryList): LibraryList {
  const listed = new Set(list.items.map(({ id }) => id));
  return { items: [...list.items, ...page.items.filter(({ id }) => !listed.has(id))], nextCursor: page.nextCursor };
}
