import { texts } from '@linkcast/texts';
import { escapeHtml } from '../message-draft.ts';
import { onCommand, type Feature } from './feature.ts';

/** `/cancel`: ends the dialogue. */
export const cancel: Feature = (bot, { conversations, intake, outbox }) => {
  bot.command(
    'cancel',
    onCommand((visit) =>
      intake.handOver(visit, () => {
        const text = conversations.forget(visit) ? texts.bot.cancelled : texts.bot.nothingToCancel;
        outbox.write({ chatId: visit.chatId, text: escapeHtml(text) });
      }),
    ),
  );
};
