import { MediaId } from '@linkcast/contracts';
import { parseJson } from '@linkcast/kit';
import { z } from 'zod';
import { InvalidRequest } from '../invalid-request.ts';
import type { PositionRecord } from './position-table.ts';

/** The last position of a page: the next page has what is older, and of the same time what has a lower id. */
export type PageEnd = Pick<PositionRecord, 'updatedAt' | 'mediaId'>;

const Encoded = z.tuple([z.number(), MediaId]);

/** Encodes the end of a page as an opaque text. */
export function encodeCursor({ updatedAt, mediaId }: PageEnd): string {
  return Buffer.from(JSON.stringify([updatedAt, mediaId])).toString('base64url');
}

/** @throws {Problem} `invalid-request` for a text that is no cursor. */
export function decodeCursor(cursor: string): PageEnd {
  const parsed = Encoded.safeParse(parseJson(Buffer.from(cursor, 'base64url').toString('utf8')));
  if (!parsed.success) throw new InvalidRequest([{ field: 'cursor', fault: { code: 'cursor' } }]);
  const [updatedAt, mediaId] = parsed.data;
  return { updatedAt, mediaId };
}

/** Compares two positions in the order of the pages: the newest first. */
export function newestFirst(one: PageEnd, other: PageEnd): number {
  if (one.updatedAt !== other.updatedAt) return other.updatedAt - one.updatedAt;
  if (one.mediaId === other.mediaId) return 0;
  return one.mediaId < other.mediaId ? 1 : -1;
}
