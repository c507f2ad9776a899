import { escapeHtml } from '../telegram/message-draft.ts';
import { readPersonUpdate, type PersonUpdate } from '../telegram/person-update.ts';
import { answerQuestion, isLinkCode, linkPressOf, openLink } from './connection.ts';
import type { Feature, FeatureDeps } from './feature.ts';
import { acceptInvitation, startCodeOf } from './invitation.ts';

/**
 * Passes the updates of people on, as yt-app answers who they are. Strangers can accept an invitation or connect their account to
 * a person of the site, and are refused once a day; their other updates are ignored.
 */
export const gate: Feature = (bot, deps) => {
  bot.use(async (context, next) => {
    const update = readPersonUpdate(context.update);
    if (!update || !isForBot(update)) return;
    const answer = answerWithoutStanding(update, deps);
    if (answer) {
      await answer;
      return;
    }
    const standing = await deps.directory.standingOf(update.userId);
    if (standing === 'stranger' || standing === 'unknown') {
      turnAway(update, standing, deps);
      return;
    }
    deps.languages.setLanguageCode(update.userId, update.languageCode);
    context.personUpdate = update;
    await next();
  });
};

/** Answers what strangers may send, too: the code of an invitation or of a link, and the answer to the question of a link. */
function answerWithoutStanding(update: PersonUpdate, deps: FeatureDeps): Promise<void> | undefined {
  const code = startCodeOf(update);
  if (code !== undefined) return isLinkCode(code) ? openLink(update, code, deps) : acceptInvitation(update, code, deps);
  const press = linkPressOf(update);
  return press && update.kind === 'press' ? answerQuestion(update, press, deps) : undefined;
}

/** False for what people write to each other in a group: no call is made for it. */
function isForBot(update: PersonUpdate): boolean {
  return update.isPrivate || update.kind === 'press' || (update.isOwnText && update.text.startsWith('/'));
}

/** Refuses a stranger in their private chat; asks somebody of whom nothing is known while yt-app is away to try again. */
function turnAway(update: PersonUpdate, standing: 'stranger' | 'unknown', deps: FeatureDeps): void {
  const { people, languages, messenger, outbox } = deps;
  const { bot: words } = languages.textsForStranger(update.languageCode);
  if (update.kind === 'press') {
    if (standing === 'unknown') void messenger.answerPress(update.queryId, words.apiDownNow); // never rejects
    return;
  }
  if (!update.isPrivate) return;
  deps.updates.runOnce(update, () => {
    const mayAnswer = standing === 'unknown' ? people.mayHint(update.userId) : people.mayRefuse(update.userId);
    const text = standing === 'unknown' ? words.apiDownNow : words.refusal;
    if (mayAnswer) outbox.write({ chatId: update.chatId, text: escapeHtml(text) });
  });
}
