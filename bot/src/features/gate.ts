import { escapeHtml } from '../telegram/message-draft.ts';
import { readPersonUpdate, type PersonMessage } from '../telegram/person-update.ts';
import type { Feature, FeatureDeps } from './feature.ts';

const START_WITH_CODE = /^\/start(?:@\w+)? +(\S{1,64})\s*$/;

/** Passes the updates of members on. Strangers can claim the bot, and are refused once a day; their other updates are ignored. */
export const gate: Feature = (bot, deps) => {
  bot.use(async (context, next) => {
    const update = readPersonUpdate(context.update);
    if (!update) return;
    if (deps.people.roleOf(update.userId) !== undefined) {
      deps.languages.setLanguageCode(update.userId, update.languageCode);
      context.personUpdate = update;
      await next();
      return;
    }
    if (update.kind !== 'message' || !update.isPrivate) return;
    deps.updates.runOnce(update, () => answerStranger(update, deps));
    if (deps.people.roleOf(update.userId) === 'owner') deps.onClaim(update.userId); // just claimed
  });
};

function answerStranger(message: PersonMessage, { people, languages, outbox }: FeatureDeps): void {
  const { bot: words } = languages.textsForStranger(message.languageCode);
  const say = (text: string): void => outbox.write({ chatId: message.chatId, text: escapeHtml(text) });
  const code = message.isOwnText ? START_WITH_CODE.exec(message.text)?.[1] : undefined;
  const claim = code === undefined ? 'no-claim' : people.claim(message.userId, code);
  if (claim === 'claimed') {
    languages.setLanguageCode(message.userId, message.languageCode);
    say(`${words.claimed}\n\n${words.greeting}`);
  } else if (claim === 'wrong') say(words.wrongCode);
  else if (claim === 'no-claim' && people.mayRefuse(message.userId)) say(words.refusal);
}
