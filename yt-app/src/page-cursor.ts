import { parseJson } from '@linkcast/kit';
import type { z } from 'zod';
import { InvalidRequest } from './invalid-request.ts';

/** Encodes the end of a page as an opaque text. */
export function encodePageCursor(values: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

/** @throws {Problem} `invalid-request` for a text that is no cursor of these values. */
export function decodePageCursor<T>(schema: z.ZodType<T>, cursor: string): T {
  const parsed = schema.safeParse(parseJson(Buffer.from(cursor, 'base64url').toString('utf8')));
  if (!parsed.success) throw new InvalidRequest([{ field: 'cursor', fault: { code: 'cursor' } }]);
  return parsed.data;
}
