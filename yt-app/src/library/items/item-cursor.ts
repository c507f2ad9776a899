import type { MediaQuery } from '@linkcast/contracts';
import { parseJson } from '@linkcast/kit';
import { z } from 'zod';
import { InvalidRequest } from '../../invalid-request.ts';

/** The end of a page of the library: the sort value and the id of its last row. */
export interface ItemPosition {
  readonly key: string | number;
  readonly id: string;
}

const Encoded = z.tuple([z.string(), z.union([z.string(), z.number()]), z.string()]);

/** Encodes a position as an opaque text, valid for one sort only. */
export function encodeCursor(sort: MediaQuery['sort'], { key, id }: ItemPosition): string {
  return Buffer.from(JSON.stringify([sort, key, id])).toString('base64url');
}

/** @throws {Problem} `invalid-request` for a text that is no cursor, or of another sort. */
export function decodeCursor(sort: MediaQuery['sort'], cursor: string): ItemPosition {
  const parsed = Encoded.safeParse(parseJson(Buffer.from(cursor, 'base64url').toString('utf8')));
  const keyType = sort === 'title' ? 'string' : 'number';
  if (!parsed.success || parsed.data[0] !== sort || typeof parsed.data[1] !== keyType) {
    throw new InvalidRequest([{ field: 'cursor', fault: { code: 'cursor' } }]);
  }
  const [, key, id] = parsed.data;
  return { key, id };
}
