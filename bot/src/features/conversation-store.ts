import { MediaType } from '@linkcast/contracts';
import type { Database } from '@linkcast/kit';
import { z } from 'zod';

/** The person and the chat of a dialogue. */
export interface Speakers {
  readonly chatId: number;
  readonly userId: number;
}

/** Milliseconds after which an unanswered question is forgotten. */
const DIALOGUE_MS = 3_600_000;

const Offer = z.object({ chat_id: z.number(), url: z.string(), is_taken: z.number() });

/** The open questions, in the database: those for a link, and links whose type is not chosen yet. */
export function createConversationStore(database: Database, now: () => number = Date.now) {
  return {
    /** Stores that the person's next link is for this type. */
    ask: ({ chatId, userId }: Speakers, type: MediaType): void =>
      void database
        .prepare('INSERT OR REPLACE INTO dialogues (chat_id, user_id, type, asked_at) VALUES (?, ?, ?, ?)')
        .run(chatId, userId, type, now()),

    /** The type of the open question; undefined without one. */
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

    /** Stores a link until Video or Audio is chosen; returns its row id for the buttons. */
    offer: (chatId: number, url: string): number =>
      Number(
        database.prepare('INSERT INTO offers (chat_id, url, offered_at) VALUES (?, ?, ?)').run(chatId, url, now())
          .lastInsertRowid,
      ),

    /** The link of an offer in this chat; undefined when it was taken before. */
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
