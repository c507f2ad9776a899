import type { Database } from '@linkcast/kit';
import { z } from 'zod';
import type { Button, MessageDraft } from './message-draft.ts';

/** A message that is to be sent once: an answer, a question, a refusal. */
export interface Letter extends MessageDraft {
  readonly id: number;
  readonly chatId: number;
  readonly replyTo: number | null;
  readonly writtenAt: number;
}

export interface NewLetter {
  readonly chatId: number;
  /** Telegram's HTML. */
  readonly text: string;
  readonly keyboard?: readonly (readonly Button[])[];
  readonly replyTo?: number;
}

const ButtonRow = z.union([
  z.object({ text: z.string(), url: z.string() }),
  z.object({ text: z.string(), data: z.string() }),
]);
const Row = z
  .object({
    id: z.number(),
    chat_id: z.number(),
    text: z.string(),
    keyboard: z.string().transform((json) => z.array(z.array(ButtonRow)).parse(JSON.parse(json))),
    reply_to: z.number().nullable(),
    written_at: z.number(),
  })
  .transform(({ id, chat_id: chatId, text, keyboard, reply_to: replyTo, written_at: writtenAt }): Letter => {
    return { id, chatId, text, keyboard, replyTo, writtenAt };
  });

/** Messages that wait for Telegram, on disk: written in the transaction that makes them due. */
export function createOutbox(database: Database, now: () => number = Date.now) {
  return {
    write({ chatId, text, keyboard = [], replyTo }: NewLetter): void {
      database
        .prepare('INSERT INTO outbox (chat_id, text, keyboard, reply_to, written_at) VALUES (?, ?, ?, ?, ?)')
        .run(chatId, text, JSON.stringify(keyboard), replyTo ?? null, now());
    },
    first(chatId: number): Letter | undefined {
      const row = database.prepare('SELECT * FROM outbox WHERE chat_id = ? ORDER BY id LIMIT 1').get(chatId);
      return row === undefined ? undefined : Row.parse(row);
    },
    remove: (id: number): void => void database.prepare('DELETE FROM outbox WHERE id = ?').run(id),
    chats: (): number[] =>
      z.array(z.number()).parse(database.prepare('SELECT DISTINCT chat_id FROM outbox').pluck().all()),
  };
}

export type Outbox = ReturnType<typeof createOutbox>;
