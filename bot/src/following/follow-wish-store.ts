import { MediaType } from '@linkcast/contracts';
import type { Database } from '@linkcast/kit';
import { z } from 'zod';

/** A list that a person wants to follow, until yt-app has answered. */
export interface FollowWish {
  readonly id: number;
  readonly chatId: number;
  readonly userId: number;
  readonly url: string;
  readonly type: MediaType;
  /** Milliseconds since 1970. */
  readonly wishedAt: number;
}

const Row = z
  .object({
    id: z.number(),
    chat_id: z.number(),
    user_id: z.number(),
    url: z.string(),
    type: MediaType,
    wished_at: z.number(),
  })
  .transform(({ chat_id: chatId, user_id: userId, wished_at: wishedAt, ...row }): FollowWish => {
    return { ...row, chatId, userId, wishedAt };
  });

/** The lists that people want to follow, in the database: reading one takes a while, and may have to be repeated. */
export function createFollowWishStore(database: Database, now: () => number = Date.now) {
  return {
    add: ({ chatId, userId, url, type }: Omit<FollowWish, 'id' | 'wishedAt'>): void =>
      void database
        .prepare('INSERT INTO follow_wishes (chat_id, user_id, url, type, wished_at) VALUES (?, ?, ?, ?, ?)')
        .run(chatId, userId, url, type, now()),
    pending: (): FollowWish[] =>
      database
        .prepare('SELECT * FROM follow_wishes ORDER BY id')
        .all()
        .map((row) => Row.parse(row)),
    remove: (id: number): void => void database.prepare('DELETE FROM follow_wishes WHERE id = ?').run(id),
  };
}

export type FollowWishStore = ReturnType<typeof createFollowWishStore>;
