import type { MediaQuery } from '@linkcast/contracts';
import { z } from 'zod';
import { decodePageCursor, encodePageCursor } from '../../page-cursor.ts';

/** A place in a list of items, which those after it follow: the sort value and the id of a row. */
export interface ItemPlace {
  readonly key: string | number;
  readonly id: string;
}

/** A list: the library in one of its orders, the trash, the items of a collection, or the collections. */
export type ItemListName = MediaQuery['sort'] | 'trash' | 'collection' | 'collections';

/** Encodes a place as an opaque text, valid for one list only. */
export function encodeCursor(list: ItemListName, { key, id }: ItemPlace): string {
  return encodePageCursor([list, key, id]);
}

/** @throws {Problem} `invalid-request` for a text that is no cursor, or of another list. */
export function decodeCursor(list: ItemListName, cursor: string): ItemPlace {
  const key = list === 'title' ? z.string() : z.number();
  const [, lastKey, id] = decodePageCursor(z.tuple([z.literal(list), key, z.string()]), cursor);
  return { key: lastKey, id };
}
