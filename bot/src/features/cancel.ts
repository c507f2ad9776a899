import { texts } from '@linkcast/texts';
import { escapeHtml } from '../telegram/message-draft.ts';
import { onCommand, type Feature } from './feature.ts';

/** `/cancel`: ends the dialogue. */
export const cancel: Feature = (bot, { conversations, updates, outbox }) => {
  bot.command(
    'cancel',
    onCommand((message) =>
      updates.runOnce(message, () => {
        const text = conversations.forget(message) ? texts.bot.cancelled : texts.bot.nothingToCancel;
        outbox.write({ chatId: message.chatId, text: escapeHtml(text) });
      }),
    ),
  );
};
