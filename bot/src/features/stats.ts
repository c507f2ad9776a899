import { escapeHtml } from '../telegram/message-draft.ts';
import type { PersonMessage } from '../telegram/person-update.ts';
import { onCommand, type Feature, type FeatureDeps } from './feature.ts';

/** `/stats`: the state of the parts, in a private chat only. yt-app answers owners. */
export const stats: Feature = (bot, deps) => {
  bot.command(
    'stats',
    onCommand((message) => deps.updates.runOnce(message, () => giveStats(message, deps))),
  );
};

function giveStats({ chatId, userId, messageId, isPrivate }: PersonMessage, { languages, outbox }: FeatureDeps): void {
  const { inGroup } = languages.textsFor(userId).bot.stats;
  if (isPrivate) outbox.writeDeferred(chatId, { kind: 'stats', userId });
  else outbox.write({ chatId, text: escapeHtml(inGroup), replyTo: messageId });
}
