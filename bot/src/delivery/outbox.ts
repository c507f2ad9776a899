import type { Database } from '@linkcast/kit';
import { z } from 'zod';
import { DeferredReply } from './deferred-reply.ts';
import type { Button, MessageDraft } from '../telegram/message-draft.ts';

/** A message that is to be sent once: an answer, a question, a refusal. */
export interface OutgoingMessage extends MessageDraft {
  readonly id: number;
  readonly chatId: number;
  readonly replyTo: number | null;
  readonly isSilent: boolean;
  /** The source of the content, which is made when the message is sent; then the text is empty. */
  readonly deferredReply: DeferredReply | null;
  readonly writtenAt: number;
  /** Milliseconds after which the message is removed unsent. */
  readonly lifetimeMs: number;
}

export interface NewMessage {
  readonly chatId: number;
  /** Telegram's HTML. */
  readonly text: string;
  readonly keyboard?: readonly (readonly Button[])[];
  readonly replyTo?: number;
  /** True: the message comes without a sound. */
  readonly isSilent?: boolean;
  /** Milliseconds after which the message is removed unsent. Default: an hour, when an answer is of no use any more. */
  readonly lifetimeMs?: number;
}

const LIFETIME_MS = 3_600_000;

const ButtonRow = z.union([
  z.object({ text: z.string(), url: z.string() }),
  z.object({ text: z.string(), webApp: z.string() }),
  z.object({ text: z.string(), data: z.string() }),
]);
const Row = z
  .object({
    id: z.number(),
    chat_id: z.number(),
    text: z.string(),
    keyboard: z.string().transform((json) => z.array(z.array(ButtonRow)).parse(JSON.parse(json))),
    reply_to: z.number().nullable(),
    is_silent: z.number(),
    deferred_reply: z
      .string()
      .nullable()
      .transform((json) => (json === null ? null : DeferredReply.parse(JSON.parse(json)))),
    written_at: z.number(),
    lifetime_ms: z.number(),
  })
  .transform(({ id, text, keyboard, ...row }): OutgoingMessage => ({
    ...{ id, chatId: row.chat_id, text, keyboard, replyTo: row.reply_to, isSilent: row.is_silent === 1 },
    ...{ deferredReply: row.deferred_reply, writtenAt: row.written_at, lifetimeMs: row.lifetime_ms },
  }));

/** The messages that wait for Telegram, in the database: a message is written in the transaction of its cause. */
export function createOutbox(database: Database, now: () => number = Date.now) {
  const insert = (
    { chatId, text, keyboard = [], replyTo, isSilent = false, lifetimeMs }: NewMessage,
    deferredReply: DeferredReply | null,
  ): void => {
    const content = [text, JSON.stringify(keyboard), deferredReply === null ? null : JSON.stringify(deferredReply)];
    database
      .prepare(
        `INSERT INTO outbox (chat_id, text, keyboard, errand, reply_to, is_silent, written_at, lifetime_ms)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(chatId, ...content, replyTo ?? null, Number(isSilent), now(), lifetimeMs ?? LIFETIME_MS);
  };

  return {
    write: (message: NewMessage): void => insert(message, null),
    /** Writes a message whose content is resolved when it is sent. */
    writeDeferred: (chatId: number, deferredReply: DeferredReply): void => insert({ chatId, text: '' }, deferredReply),
    first(chatId: number): OutgoingMessage | undefined {
      const row = database
        .prepare('SELECT *, errand AS deferred_reply FROM outbox WHERE chat_id = ? ORDER BY id LIMIT 1')
        .get(chatId);
      return row === undefined ? undefined : Row.parse(row);
    },
    remove: (id: number): void => void database.prepare('DELETE FROM outbox WHERE id = ?').run(id),
    chats: (): number[] =>
      z.array(z.number()).parse(database.prepare('SELECT DISTINCT chat_id FROM outbox').pluck().all()),
  };
}

export type Outbox = ReturnType<typeof createOutbox>;
