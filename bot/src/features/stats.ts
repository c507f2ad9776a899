import { escapeHtml } from '../telegram/message-draft.ts';
import type { PersonMessage } from '../telegram/person-update.ts';
import { onCommand, type Feature, type FeatureDeps } from './feature.ts';

/** `/stats`: the state of the parts, for owners, in a private chat only. */
export const stats: Feature = (bot, deps) => {
  bot.command(
    'stats',
    onCommand((message) => deps.updates.runOnce(message, () => giveStats(message, deps))),
  );
};

function giveStats(
  { chatId, userId, messageId, isPrivate }: PersonMessage,
  { people, languages, outbox }: FeatureDeps,
): void {
  const words = languages.textsFor(userId).bot.stats;
  const say = (text: string): void => outbox.write({ chatId, text: escapeHtml(text), replyTo: messageId });
  if (people.roleOf(userId) !== 'owner') say(words.ownersOnly);
  else if (!isPrivate) say(words.inGroup);
  else outbox.writeDeferred(chatId, { kind: 'stats', userId });
}
