import { MediaId } from '@linkcast/contracts';
import { z } from 'zod';
import { decodePageCursor, encodePageCursor } from '../page-cursor.ts';
import type { PositionRecord } from './position-table.ts';

/** The last position of a page: the next page has what is older, and of the same time what has a lower id. */
export type PageEnd = Pick<PositionRecord, 'updatedAt' | 'mediaId'>;

const Encoded = z.tuple([z.number(), MediaId]);

/** Encodes the end of a page as an opaque text. */
export function encodeCursor({ updatedAt, mediaId }: PageEnd): string {
  return encodePageCursor([updatedAt, mediaId]);
}

/** @throws {Problem} `invalid-request` for a text that is no cursor. */
export function decodeCursor(cursor: string): PageEnd {
  const [updatedAt, mediaId] = decodePageCursor(Encoded, cursor);
  return { updatedAt, mediaId };
}

/** Compares two positions in the order of the pages: the newest first. */
export function newestFirst(one: PageEnd, other: PageEnd): number {
  if (one.updatedAt !== other.updatedAt) return other.updatedAt - one.updatedAt;
  if (one.mediaId === other.mediaId) return 0;
  return one.mediaId < other.mediaId ? 1 : -1;
}
