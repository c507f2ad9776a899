import type { Media, MediaType } from '@linkcast/contracts';

export type LibrarySort = 'newest' | 'oldest' | 'title' | 'longest';

export interface LibraryQuery {
  /** Undefined: both. */
  readonly type: MediaType | undefined;
  readonly q: string;
  readonly sort: LibrarySort;
}

/** The part of the library that was read so far; `nextCursor` is null at its end. */
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

/** Would the server have answered this item to the query? */
export function matchesQuery(item: Media, { type, q }: LibraryQuery): boolean {
  if (type !== undefined && item.type !== type) return false;
  const haystack = `${item.title} ${item.uploader ?? ''}`.toLowerCase();
  return q
    .toLowerCase()
    .split(/\s+/)
    .every((word) => haystack.includes(word));
}

/** The list after an item came or changed. One that belongs behind the part read so far waits for its page. */
export function withItem(list: LibraryList, item: Media, query: LibraryQuery): LibraryList {
  const { items, nextCursor } = list;
  if (items.some(({ id }) => id === item.id))
    return { items: items.map((other) => (other.id === item.id ? item : other)), nextCursor };
  if (!matchesQuery(item, query)) return list;

  const order = orders[query.sort];
  const before = items.findIndex((other) => order(item, other) < 0);
  if (before < 0 && nextCursor !== null) return list;
  const place = before < 0 ? items.length : before;
  return { items: [...items.slice(0, place), item, ...items.slice(place)], nextCursor };
}

/** The list after an item was deleted. */
export function withoutItem(list: LibraryList, id: string): LibraryList {
  return { ...list, items: list.items.filter((item) => item.id !== id) };
}

/** The list and its next page; items that events brought in between appear once. */
export function withPage(list: LibraryList, page: LibraryList): LibraryList {
  const known = new Set(list.items.map(({ id }) => id));
  return { items: [...list.items, ...page.items.filter(({ id }) => !known.has(id))], nextCursor: page.nextCursor };
}
