import { texts } from '@linkcast/texts';
import { escapeHtml } from '../message-draft.ts';
import type { MessageVisit } from '../visit.ts';
import { onCommand, type Feature, type FeatureDeps } from './feature.ts';

const words = texts.bot.stats;

/** `/stats`: how the parts are, for owners, and not before an audience. */
export const stats: Feature = (bot, deps) => {
  bot.command(
    'stats',
    onCommand((visit) => deps.intake.handOver(visit, () => giveStats(visit, deps))),
  );
};

function giveStats({ chatId, userId, messageId, isPrivate }: MessageVisit, { access, outbox }: FeatureDeps): void {
  const say = (text: string): void => outbox.write({ chatId, text: escapeHtml(text), replyTo: messageId });
  if (access.roleOf(userId) !== 'owner') say(words.ownersOnly);
  else if (!isPrivate) say(words.inGroup);
  else outbox.writeAnswer(chatId, { kind: 'stats', userId });
}
