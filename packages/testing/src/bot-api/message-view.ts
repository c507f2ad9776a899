import type { BotApiState } from './bot-api-state.ts';
import type { TestMessage } from './chats.ts';

/** A message as the Bot API describes it. @param from the person who wrote it; the bot's own messages have the bot. */
export function messageView({ bot }: Pick<BotApiState, 'bot'>, message: TestMessage, from?: object) {
  const { chatId, text, entities, keyboard, history } = message;
  return {
    message_id: message.messageId,
    from: message.fromBot ? bot : from,
    chat: chatId < 0 ? { id: chatId, type: 'supergroup', title: 'A group' } : { id: chatId, type: 'private' },
    date: Math.floor(message.sentAt / 1000),
    ...(history.length > 1 ? { edit_date: Math.floor((history.at(-1)?.at ?? 0) / 1000) } : {}),
    text,
    ...(entities.length > 0 ? { entities } : {}),
    ...(keyboard.length > 0
      ? {
          reply_markup: {
            inline_keyboard: keyboard.map((row) =>
              row.map(({ data, webApp, ...button }) => ({
                ...button,
                ...(data === undefined ? {} : { callback_data: data }),
                ...(webApp === undefined ? {} : { web_app: { url: webApp } }),
              })),
            ),
          },
        }
      : {}),
  };
}
