import { MediaType } from '@linkcast/contracts';
import type { Database } from '@linkcast/kit';
import { z } from 'zod';

/** Between whom a dialogue runs. */
export interface Speakers {
  readonly chatId: number;
  readonly userId: number;
}

/** A question that nobody answered for so long is forgotten. */
const DIALOGUE_MS = 3_600_000;

const Offer = z.object({ chat_id: z.number(), url: z.string(), is_taken: z.number() });

/** What was said and waits for the other side: the question for a link, and links that wait for their type. */
export function createConversationStore(database: Database, now: () => number = Date.now) {
  return {
    /** Remembers that the next link of this person is for this type. */
    ask: ({ chatId, userId }: Speakers, type: MediaType): void =>
      void database
        .prepare('INSERT OR REPLACE INTO dialogues (chat_id, user_id, type, asked_at) VALUES (?, ?, ?, ?)')
        .run(chatId, userId, type, now()),

    /** The type that was asked about, if any. */
    asked({ chatId, userId }: Speakers): MediaType | undefined {
      const type = database
        .prepare('SELECT type FROM dialogues WHERE chat_id = ? AND user_id = ? AND asked_at > ?')
        .pluck()
        .get(chatId, userId, now() - DIALOGUE_MS);
      return type === undefined ? undefined : MediaType.parse(type);
    },

    /** Ends the dialogue. True when there was one. */
    forget: ({ chatId, userId }: Speakers): boolean =>
      database.prepare('DELETE FROM dialogues WHERE chat_id = ? AND user_id = ?').run(chatId, userId).changes > 0,

    /** Keeps a link until Video or Audio is chosen; returns the short key for the buttons. */
    offer: (chatId: number, url: string): number =>
      Number(
        database.prepare('INSERT INTO offers (chat_id, url, offered_at) VALUES (?, ?, ?)').run(chatId, url, now())
          .lastInsertRowid,
      ),

    /** The link behind a key of this chat, once. */
    takeOffer(chatId: number, offerId: number): string | undefined {
      const row = database.prepare('SELECT * FROM offers WHERE id = ? AND chat_id = ?').get(offerId, chatId);
      const offer = row === undefined ? undefined : Offer.parse(row);
      if (!offer || offer.is_taken === 1) return undefined;
      database.prepare('UPDATE offers SET is_taken = 1 WHERE id = ?').run(offerId);
      return offer.url;
    },
  };
}

export type ConversationStore = ReturnType<typeof createConversationStore>;
