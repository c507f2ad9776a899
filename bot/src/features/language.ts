import { languageNames, languages, textsOf, type Language } from '@linkcast/texts';
import { buttonData } from '../telegram/button-data.ts';
import { escapeHtml, type MessageDraft } from '../telegram/message-draft.ts';
import type { ButtonPress, PersonMessage } from '../telegram/person-update.ts';
import { onCommand, onPress, type Feature, type FeatureDeps } from './feature.ts';

/** `/lang`: the languages as buttons. Whoever presses one gets all later messages, and edits of earlier ones, in that language. */
export const language: Feature = (bot, deps) => {
  bot.command(
    'lang',
    onCommand((message) => deps.updates.runOnce(message, () => askLanguage(message, deps))),
  );
  for (const chosen of languages)
    bot.action(
      buttonData.language(chosen),
      onPress((press) => changeLanguage(press, chosen, deps)),
    );
};

function askLanguage({ chatId, userId, messageId, isPrivate }: PersonMessage, deps: FeatureDeps): void {
  const question = renderQuestion(deps.languages.languageOf(userId));
  deps.outbox.write({ chatId, ...question, ...(isPrivate ? {} : { replyTo: messageId }) });
}

function changeLanguage(press: ButtonPress, chosen: Language, deps: FeatureDeps): void {
  const { chatId, userId, messageId, queryId } = press;
  deps.updates.runOnce(press, () => {
    deps.languages.choose(userId, chosen);
    deps.outbox.write({ chatId, text: escapeHtml(textsOf(chosen).bot.language.chosen) });
  });
  deps.onLanguageChosen(userId);
  void deps.messenger.answerPress(queryId); // never rejects
  void deps.messenger.edit(chatId, messageId, renderQuestion(chosen)); // moves the mark; never rejects
}

/** The question for a language, in the current one, which is marked. */
function renderQuestion(current: Language): MessageDraft {
  const mark = (language: Language): string => (language === current ? '✓ ' : '');
  return {
    text: escapeHtml(textsOf(current).bot.language.choose),
    keyboard: languages.map((language) => [
      { text: mark(language) + languageNames[language], data: buttonData.language(language) },
    ]),
  };
}
