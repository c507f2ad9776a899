import { texts } from '@linkcast/texts';
import { MAX_SIGN_INS } from '../access.ts';
import { escapeHtml } from '../message-draft.ts';
import type { MessageVisit } from '../visit.ts';
import { onCommand, type Feature, type FeatureDeps } from './feature.ts';

const { bot: words } = texts;

/** `/signin`: a link that signs the person in on the site. `/signout`: ends all that they ever used. */
export const signIn: Feature = (bot, deps) => {
  bot.command(
    'signin',
    onCommand((visit) => deps.intake.handOver(visit, () => giveLink(visit, deps))),
  );
  bot.command(
    'signout',
    onCommand((visit) =>
      deps.intake.handOver(visit, () =>
        deps.outbox.writeAnswer(visit.chatId, { kind: 'sign-out', userId: visit.userId }),
      ),
    ),
  );
};

function giveLink({ chatId, userId, name, messageId, isPrivate }: MessageVisit, { access, outbox }: FeatureDeps): void {
  if (!isPrivate) outbox.write({ chatId, text: escapeHtml(words.signIn.inGroup), replyTo: messageId });
  else if (access.maySignIn(userId)) outbox.writeAnswer(chatId, { kind: 'sign-in', userId, name });
  else outbox.write({ chatId, text: escapeHtml(words.signIn.tooMany(MAX_SIGN_INS)) });
}
