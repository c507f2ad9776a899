import { MAX_SIGN_INS } from '../people/person-store.ts';
import { escapeHtml } from '../telegram/message-draft.ts';
import type { PersonMessage } from '../telegram/person-update.ts';
import { onCommand, type Feature, type FeatureDeps } from './feature.ts';

/** `/signin`: a link that signs the person in on the site. `/signout`: ends all of the person's sessions. */
export const signIn: Feature = (bot, deps) => {
  bot.command(
    'signin',
    onCommand((message) => deps.updates.runOnce(message, () => giveLink(message, deps))),
  );
  bot.command(
    'signout',
    onCommand((message) =>
      deps.updates.runOnce(message, () =>
        deps.outbox.writeDeferred(message.chatId, { kind: 'sign-out', userId: message.userId }),
      ),
    ),
  );
};

function giveLink(
  { chatId, userId, messageId, isPrivate }: PersonMessage,
  { people, languages, outbox }: FeatureDeps,
): void {
  const { bot: words } = languages.textsFor(userId);
  if (!isPrivate) outbox.write({ chatId, text: escapeHtml(words.signIn.inGroup), replyTo: messageId });
  else if (people.maySignIn(userId)) outbox.writeDeferred(chatId, { kind: 'sign-in', userId });
  else outbox.write({ chatId, text: escapeHtml(words.signIn.tooMany(MAX_SIGN_INS)) });
}
