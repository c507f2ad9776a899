import type { MediaQuery } from '@linkcast/contracts';
import { parseJson } from '@linkcast/kit';
import { z } from 'zod';
import { InvalidRequest } from '../../invalid-request.ts';

/** The end of a page of the library: the sort value and the id of its last row. */
export interface ItemPosition {
  readonly key: string | number;
  readonly id: string;
}

/** A list of items: the library in one of its orders, or the trash. */
export type ItemList = MediaQuery['sort'] | 'trash';

const Encoded = z.tuple([z.string(), z.union([z.string(), z.number()]), z.string()]);

/** Encodes a position as an opaque text, valid for one list only. */
export function encodeCursor(list: ItemList, { key, id }: ItemPosition): string {
  return Buffer.from(JSON.stringify([list, key, id])).toString('base64url');
}

/** @throws {Problem} `invalid-request` for a text that is no cursor, or of another list. */
export function decodeCursor(list: ItemList, cursor: string): ItemPosition {
  const parsed = Encoded.safeParse(parseJson(Buffer.from(cursor, 'base64url').toString('utf8')));
  const keyType = list === 'title' ? 'string' : 'number';
  if (!parsed.success || parsed.data[0] !== list || typeof parsed.data[1] !== keyType) {
    throw new InvalidRequest([{ field: 'cursor', fault: { code: 'cursor' } }]);
  }
  const [, key, id] = parsed.data;
  return { key, id };
}
