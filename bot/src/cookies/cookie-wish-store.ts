import type { Database } from '@linkcast/kit';
import { z } from 'zod';

/** A message with cookies, until yt-app has answered and the message is deleted. The cookies themselves are never stored here. */
export interface CookieWish {
  readonly id: number;
  readonly chatId: number;
  readonly userId: number;
  readonly messageId: number;
  readonly fileId: string;
  /** The site that the person has named; null: none. */
  readonly site: string | null;
  /** Milliseconds since 1970. */
  readonly wishedAt: number;
}

const Row = z
  .object({
    id: z.number(),
    chat_id: z.number(),
    user_id: z.number(),
    message_id: z.number(),
    file_id: z.string(),
    site: z.string().nullable(),
    wished_at: z.number(),
  })
  .transform(({ id, site, ...row }): CookieWish => {
    const { chat_id: chatId, user_id: userId, message_id: messageId, file_id: fileId, wished_at: wishedAt } = row;
    return { id, chatId, userId, messageId, fileId, site, wishedAt };
  });

/** The messages with cookies, in the database: neither yt-app nor Telegram may answer at once. */
export function createCookieWishStore(database: Database, now: () => number = Date.now) {
  return {
    add: ({ chatId, userId, messageId, fileId, site }: Omit<CookieWish, 'id' | 'wishedAt'>): void =>
      void database
        .prepare(
          'INSERT INTO cookie_wishes (chat_id, user_id, message_id, file_id, site, wished_at) VALUES (?, ?, ?, ?, ?, ?)',
        )
        .run(chatId, userId, messageId, fileId, site, now()),
    pending: (): CookieWish[] =>
      database
        .prepare('SELECT * FROM cookie_wishes ORDER BY id')
        .all()
        .map((row) => Row.parse(row)),
    remove: (id: number): void => void database.prepare('DELETE FROM cookie_wishes WHERE id = ?').run(id),
  };
}

export type CookieWishStore = ReturnType<typeof createCookieWishStore>;
