import { escapeHtml } from '../telegram/message-draft.ts';
import { onCommand, type Feature } from './feature.ts';

/** `/cancel`: ends the dialogue. */
export const cancel: Feature = (bot, { conversations, languages, updates, outbox }) => {
  bot.command(
    'cancel',
    onCommand((message) =>
      updates.runOnce(message, () => {
        const { bot: words } = languages.textsFor(message.userId);
        const text = conversations.forget(message) ? words.cancelled : words.nothingToCancel;
        outbox.write({ chatId: message.chatId, text: escapeHtml(text) });
      }),
    ),
  );
};
